#include <spdlog/spdlog.h>
#include <spdlog/sinks/stdout_color_sinks.h>

#include <cstdlib>

#include "cli/commands.h"
#include "http/server.h"
#include "schemas/error.h"

namespace resolute::cli {

void add_serve(CLI::App& app, int& exit_code) {
  struct Flags {
    std::string index = default_index(), lexicon = default_lexicon(), listen = "127.0.0.1:8080", public_url;
    http::Limits limits;
    size_t cache_mib = limits.cache_bytes >> 20;
  };
  const auto f = std::make_shared<Flags>();
  auto* c = app.add_subcommand("serve", "the page and the HTTP API");
  c->add_option("--index", f->index, "index directory ($RESOLUTE_INDEX)")->capture_default_str();
  c->add_option("--lexicon", f->lexicon, "index whose lexicon translates the words, instead of its own ($RESOLUTE_LEXICON)");
  c->add_option("--listen", f->listen, "ADDRESS:PORT, port 0 for any free one")->capture_default_str();
  c->add_option("--threads", f->limits.threads, "requests worked on at once")->check(CLI::Range(1, 1024))->capture_default_str();
  c->add_option("--public-url", f->public_url, "what stands before addresses in answers, https://example.org/un; else http:// and the request's Host");
  c->add_option("--cache", f->cache_mib, "MiB of recent answers to keep, 0 for none")->check(CLI::Range(0, 65536))->capture_default_str();
  c->footer("Beyond this machine, let nginx or haproxy stand in front (docs/operations.md).\nExample:\n  resolute serve --index /srv/un --listen 127.0.0.1:9000\n");
  c->callback([f, &exit_code] {
    http::ServerOptions o;
    o.index = f->index;
    o.lexicon = f->lexicon;
    o.limits = f->limits;
    o.limits.cache_bytes = f->cache_mib << 20;
    o.stop = &stop_requested;
    o.public_url = f->public_url;
    while (o.public_url.ends_with('/')) o.public_url.pop_back();
    const size_t colon = f->listen.rfind(':');
    const std::string port = colon == std::string::npos ? f->listen : f->listen.substr(colon + 1);
    if (colon != std::string::npos && colon > 0) o.address = f->listen.substr(0, colon);
    if (o.address.size() > 2 && o.address.front() == '[' && o.address.back() == ']') o.address = o.address.substr(1, o.address.size() - 2);
    if (port.empty() || port.size() > 5 || port.find_first_not_of("0123456789") != std::string::npos || std::stoi(port) > 65535)
      throw Error(ErrorKind::invalid, "--listen: expected ADDRESS:PORT, not " + f->listen);
    o.port = std::stoi(port);
    const auto log = spdlog::stderr_color_mt("resolute");
    o.listening = [&](int actual) { log->info("serving {} on http://{}:{}", f->index, o.address.find(':') == std::string::npos ? o.address : "[" + o.address + "]", actual); };
    o.stuck = [&] {
      log->warn("stopped while something was still running");
      log->flush();
      std::_Exit(kDone);
    };
    http::serve(o);
    log->info("stopped");
    exit_code = kDone;
  });
}

}  // namespace resolute::cli
