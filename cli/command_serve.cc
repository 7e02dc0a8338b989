#include <fmt/format.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <systemd/sd-daemon.h>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <filesystem>

#include "cli/commands.h"
#include "cli/draft_process.h"
#include "cli/settings.h"
#include "http/server.h"
#include "schemas/error.h"

namespace resolute::cli {

namespace {

std::atomic<bool> reload_requested{false};
extern "C" void on_hangup(int) { reload_requested.store(true); }

}  // namespace

void add_serve(CLI::App& app, int& exit_code) {
  struct Flags {
    SettingSources sources;
    bool print_config = false;
    std::string make_key;
  };
  const auto f = std::make_shared<Flags>();
  auto* c = app.add_subcommand("serve", "the page and the HTTP API");
  if (const char* file = std::getenv("RESOLUTE_CONFIG")) f->sources.file = file;
  c->add_option("--config", f->sources.file, "settings as TOML ($RESOLUTE_CONFIG); --print-config prints one")->type_name("FILE");
  c->add_flag("--print-config", f->print_config, "print the settings that hold, as a file, and end");
  c->add_option("--make-key", f->make_key, "make a key for a client, print it and what the setting `keys` wants of it, and end")->type_name("NAME");
  for (const auto& s : settings()) {
    const std::string name = s.name;
    auto* option = c->add_option_function<std::string>(
                        "--" + name, [f, name](const std::string& value) { f->sources.flags[name] = value; }, s.help)
                       ->type_name("VALUE");
    if (s.print({}) == "true" || s.print({}) == "false") option->expected(0, 1)->default_str("true");
  }
  c->footer(
      "Each setting may stand in the file, in the environment as $RESOLUTE_THREADS, or as a flag; the last counts.\n"
      "Beyond this machine, let nginx or haproxy stand in front (docs/operations.md).\nExample:\n  resolute serve --index /srv/un --listen 127.0.0.1:9000\n");
  c->callback([f, &exit_code] {
    if (!f->make_key.empty()) {
      const auto made = http::make_key(f->make_key);
      if (!made) throw Error(ErrorKind::invalid, "--make-key: a name has letters, figures and dashes");
      fmt::print("key    {}\nkeys = \"{}\"\n", made->key, made->entry);
      return;
    }
    http::ServerOptions o = read_settings(f->sources);
    if (f->print_config) {
      fmt::print("{}", print_settings(o));
      return;
    }
    o.stop = &stop_requested;
    o.reload = &reload_requested;
    o.reread = [f] { return read_settings(f->sources); };
    std::signal(SIGHUP, on_hangup);
    o.read_draft = read_draft_apart;
    o.access_log = [](const std::string& line) { std::fputs((line + "\n").c_str(), stdout), std::fflush(stdout); };
    const auto log = spdlog::stderr_color_mt("resolute");
    o.stuck = [&] {
      log->warn("stopped while something was still running");
      log->flush();
      std::_Exit(kDone);
    };
    o.listening = [&](int actual) {
      log->info("serving {} on http://{}:{}", o.index, o.address.find(':') == std::string::npos ? o.address : "[" + o.address + "]", actual);
      std::error_code error;
      if (!std::filesystem::exists(o.index + "/CURRENT", error)) log->warn("there is no index in {} yet: answers are 503 until there is one", o.index);
      ::sd_notify(0, "READY=1");  // nothing where no service manager asked for it
    };
    http::serve(o);
    log->info("stopped");
    exit_code = kDone;
  });
}

}  // namespace resolute::cli
