#include "cli/settings.h"

#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>

#include <charconv>
#include <cstdio>
#include <cstdlib>

#include "cli/commands.h"
#include "schemas/error.h"

namespace resolute::cli {
namespace {

using Options = http::ServerOptions;

template <typename T>
bool number(const std::string& value, T least, T most, T& into) {
  T n{};
  const auto [end, error] = std::from_chars(value.data(), value.data() + value.size(), n);
  if (error != std::errc() || end != value.data() + value.size() || n < least || n > most) return false;
  into = n;
  return true;
}

bool yes_or_no(const std::string& value, bool& into) {
  if (value != "true" && value != "false") return false;
  into = value == "true";
  return true;
}

std::string print(bool v) { return v ? "true" : "false"; }
std::string print(double v) {
  char text[40];
  std::snprintf(text, sizeof text, "%g", v);
  return text;
}
template <typename T>
std::string print(T v) {
  return std::to_string(v);
}

std::string quoted(const std::string& s) {
  std::string out = "\"";
  for (const char c : s) {
    if (c == '"' || c == '\\') out += '\\';
    out += static_cast<unsigned char>(c) < ' ' ? ' ' : c;
  }
  return out + '"';
}

bool set_listen(Options& o, const std::string& listen) {
  const size_t colon = listen.rfind(':');
  const std::string port = colon == std::string::npos ? listen : listen.substr(colon + 1);
  if (!number(port, 0, 65535, o.port)) return false;
  if (colon != std::string::npos && colon > 0) o.address = listen.substr(0, colon);
  if (o.address.size() > 2 && o.address.front() == '[' && o.address.back() == ']') o.address = o.address.substr(1, o.address.size() - 2);
  return true;
}

bool set_url(Options& o, const std::string& url) {
  if (!url.empty() && !url.starts_with("http://") && !url.starts_with("https://")) return false;
  if (url.find_first_of(" \t\r\n\"<>?#") != std::string::npos) return false;
  o.public_url = url;
  while (o.public_url.ends_with('/')) o.public_url.pop_back();
  return true;
}

bool set_keys(Options& o, const std::string& list) {
  auto keys = http::parse_keys(list);
  if (!keys) return false;
  o.clients.keys = std::move(*keys);
  o.clients.key_entries = list;
  return true;
}

bool set_proxies(Options& o, const std::string& list) {
  o.clients.trusted_proxies.clear();
  o.clients.trusted_names = list;
  for (size_t at = 0; at < list.size();) {
    const size_t end = std::min(list.find(',', at), list.size());
    const auto network = http::parse_network(list.substr(at, end - at));
    if (!network) return false;
    o.clients.trusted_proxies.push_back(*network);
    at = end + 1;
  }
  return true;
}

// A number of the limits.
#define RESOLUTE_LIMIT(member, least, most)                \
  [](const Options& o) { return print(o.limits.member); }, \
      [](Options& o, const std::string& v) { return number(v, decltype(http::Limits::member){least}, decltype(http::Limits::member){most}, o.limits.member); }
#define RESOLUTE_MEBIBYTES(member, least, most)                                                         \
  [](const Options& o) { return print(o.limits.member >> 20); }, [](Options& o, const std::string& v) { \
    size_t mib = 0;                                                                                     \
    if (!number(v, size_t{least}, size_t{most}, mib)) return false;                                     \
    o.limits.member = mib << 20;                                                                        \
    return true;                                                                                        \
  }

constexpr Setting kSettings[] = {
    {"index", "index directory", false, [](const Options& o) { return quoted(o.index); },
     [](Options& o, const std::string& v) { return o.index = v, !v.empty(); }},
    {"lexicon", "index whose lexicon translates the words, instead of its own", false, [](const Options& o) { return quoted(o.lexicon); },
     [](Options& o, const std::string& v) { return o.lexicon = v, true; }},
    {"listen", "ADDRESS:PORT, port 0 for any free one", false,
     [](const Options& o) { return quoted((o.address.find(':') == std::string::npos ? o.address : "[" + o.address + "]") + ":" + std::to_string(o.port)); },
     set_listen},
    {"public-url", "what stands before addresses in answers, https://example.org/un; else http:// and the request's Host", true,
     [](const Options& o) { return quoted(o.public_url); }, set_url},
    {"threads", "requests worked on at once", false, RESOLUTE_LIMIT(threads, 1, 1024)},
    {"waiting", "requests that wait for one; more are 503", true, RESOLUTE_LIMIT(waiting, 1, 100'000)},
    {"connections", "connections at once; more are 503", true, RESOLUTE_LIMIT(connections, 1, 30'000)},
    {"streams", "lists of results written at once; more are 503", true, RESOLUTE_LIMIT(streams, 1, 1024)},
    {"read-seconds", "for a request to arrive", true, RESOLUTE_LIMIT(read_seconds, 1, 3600)},
    {"write-seconds", "for an answer to be taken, and one more for each 100 kB", true, RESOLUTE_LIMIT(write_seconds, 1, 3600)},
    {"keep-alive-seconds", "that a connection may be idle", true, RESOLUTE_LIMIT(keep_alive_seconds, 1, 3600)},
    {"stop-seconds", "for what runs to end at SIGTERM", false, RESOLUTE_LIMIT(stop_seconds, 0, 600)},
    {"cache", "MiB of recent answers to keep, 0 for none", false, RESOLUTE_MEBIBYTES(cache_bytes, 0, 65536)},
    {"unsent", "MiB of answers that wait for their clients, in all", true, RESOLUTE_MEBIBYTES(unsent_bytes, 1, 65536)},
    {"draft", "MiB of a draft that is sent as a file", true, RESOLUTE_MEBIBYTES(draft_bytes, 1, 64)},
    {"rate", "requests a second of one client, 0 for any number; more are 429", true, [](const Options& o) { return print(o.clients.rate); },
     [](Options& o, const std::string& v) { return number(v, 0.0, 1e6, o.clients.rate); }},
    {"burst", "requests that a client may make at once before its rate counts", true, [](const Options& o) { return print(o.clients.burst); },
     [](Options& o, const std::string& v) { return number(v, 1.0, 1e6, o.clients.burst); }},
    {"trusted-proxies", "addresses and networks, with commas, whose X-Forwarded-For is believed", true,
     [](const Options& o) { return quoted(o.clients.trusted_names); }, set_proxies},
    {"keys", "NAME:HASH of the keys that clients may show as Authorization: Bearer KEY, with commas; --make-key makes one", true,
     [](const Options& o) { return quoted(o.clients.key_entries); }, set_keys},
    {"keys-only", "who shows no key is refused (but for /healthz, /readyz, /metrics)", true, [](const Options& o) { return print(o.clients.keys_only); },
     [](Options& o, const std::string& v) { return yes_or_no(v, o.clients.keys_only); }},
    {"key-rate", "requests a second of one who shows a key, 0 for any number", true, [](const Options& o) { return print(o.clients.key_rate); },
     [](Options& o, const std::string& v) { return number(v, 0.0, 1e6, o.clients.key_rate); }},
    {"access-log", "a line of JSON for each request, on standard output", true, [](const Options& o) { return print(o.log_requests); },
     [](Options& o, const std::string& v) { return yes_or_no(v, o.log_requests); }},
    {"log-queries", "with what was asked for; otherwise only the kind of address", true, [](const Options& o) { return print(o.log_queries); },
     [](Options& o, const std::string& v) { return yes_or_no(v, o.log_queries); }},
};
#undef RESOLUTE_LIMIT
#undef RESOLUTE_MEBIBYTES

std::string variable_of(const Setting& s) {
  std::string out = "RESOLUTE_";
  for (const char* c = s.name; *c; ++c) out += *c == '-' ? '_' : *c >= 'a' && *c <= 'z' ? static_cast<char>(*c - 32) : *c;
  return out;
}

void set(Options& options, const Setting& s, const std::string& value, const std::string& where) {
  if (!s.set(options, value)) throw Error(ErrorKind::invalid, where + ": \"" + value.substr(0, 100) + "\" cannot be used; expected: " + s.help);
}

// A value of the file as flags have it.
std::string text_of(const toml::node& node, const std::string& where) {
  if (const auto* v = node.as_string()) return v->get();
  if (const auto* v = node.as_integer()) return std::to_string(v->get());
  if (const auto* v = node.as_floating_point()) return print(v->get());
  if (const auto* v = node.as_boolean()) return print(v->get());
  std::string out;
  if (const auto* list = node.as_array()) {
    for (const auto& item : *list) {
      if (!item.is_string()) throw Error(ErrorKind::invalid, where + ": expected a list of texts");
      out += (out.empty() ? "" : ",") + item.as_string()->get();
    }
    return out;
  }
  throw Error(ErrorKind::invalid, where + ": expected a text, a number, true or false");
}

void read_file(const std::string& path, Options& options) {
  try {
    const auto table = toml::parse_file(path);
    for (const auto& [key, node] : table) {
      const std::string name(key.str()), where = path + ": " + name;
      const Setting* setting = nullptr;
      for (const auto& s : kSettings)
        if (name == s.name) setting = &s;
      if (!setting) throw Error(ErrorKind::invalid, where + " is no setting; `resolute serve --print-config` lists them");
      set(options, *setting, text_of(node, where), where);
    }
  } catch (const toml::parse_error& e) {
    throw Error(ErrorKind::invalid, path + ": line " + std::to_string(e.source().begin.line) + ": " + std::string(e.description()));
  }
}

}  // namespace

std::span<const Setting> settings() { return kSettings; }

http::ServerOptions read_settings(const SettingSources& sources) {
  Options out;
  out.index = default_index();
  if (!sources.file.empty()) read_file(sources.file, out);
  for (const auto& s : kSettings)
    if (const char* value = std::getenv(variable_of(s).c_str()); value && *value) set(out, s, value, "$" + variable_of(s));
  for (const auto& s : kSettings)
    if (const auto it = sources.flags.find(s.name); it != sources.flags.end()) set(out, s, it->second, std::string("--") + s.name);
  return out;
}

std::string print_settings(const http::ServerOptions& options) {
  std::string out = "# resolute serve --config FILE. The environment (RESOLUTE_THREADS) and flags (--threads) go before the file.\n";
  for (const auto& s : kSettings) {
    out += std::string("\n# ") + s.help + (s.reread ? " (read again at SIGHUP)" : "") + "\n" + s.name + " = " + s.print(options) + "\n";
  }
  return out;
}

}  // namespace resolute::cli
