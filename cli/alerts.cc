#include "cli/alerts.h"

#include <fmt/format.h>

#define TOML_HEADER_ONLY 1
#include <toml++/toml.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>

#include "cli/process.h"
#include "http/addresses.h"
#include "http/api_json.h"
#include "http/export.h"
#include "schemas/error.h"
#include "schemas/manifest.h"
#include "search/result_list.h"

namespace resolute::cli {
namespace {

using State = std::map<std::string, uint64_t>;  // the revision that each search was told up to, by its name

constexpr size_t kMostShown = 100;  // in a message of text; others hold all

State read_state(const std::string& path) {
  State out;
  std::ifstream in(path);
  if (!in) return out;
  const auto json = nlohmann::json::parse(in, nullptr, false);
  if (!json.is_object()) throw Error(ErrorKind::corrupt, path + " is not what `resolute alerts` wrote; remove it to begin anew");
  for (const auto& [name, revision] : json.items())
    if (revision.is_number_unsigned()) out[name] = revision.get<uint64_t>();
  return out;
}

void write_state(const std::string& path, const State& state) {
  nlohmann::ordered_json json = nlohmann::ordered_json::object();
  for (const auto& [name, revision] : state) json[name] = revision;
  write_file_atomically(path, http::dump(json) + "\n");
}

http::ExportRequest request_of(const Alert& alert) {
  const auto given = http::parse_query_string(alert.query);
  if (const auto* p = std::get_if<http::Problem>(&given)) throw Error(ErrorKind::invalid, alert.name + ": query: " + p->detail);
  auto parsed = http::parse_export(std::get<http::Parameters>(given));
  if (const auto* p = std::get_if<http::Problem>(&parsed)) throw Error(ErrorKind::invalid, alert.name + ": " + p->parameter + ": " + p->detail);
  return std::move(std::get<http::ExportRequest>(parsed));
}

std::string text_of(const Alert& alert, const search::ResultList& list, const std::vector<size_t>& places, const std::string& url) {
  std::string out =
      alert.name + ": " + std::to_string(places.size()) + " new" + (alert.note.empty() ? "" : "\n" + alert.note) + "\n" + url + "/search?" + alert.query + "\n";
  for (size_t i = 0; i < std::min(places.size(), kMostShown); ++i) {
    const auto match = list.match(places[i]);
    const auto label = print_label(match.kind, match.fragment, match.number);
    out += "\n" + match.symbol + (label.empty() ? "" : ", " + label) + (match.date.empty() ? "" : ", " + match.date) + "\n" + match.title + "\n";
    if (!match.text.empty()) out += "  " + match.text + "\n";
    out += "  " + http::paragraph_address(url, match.symbol, match.lang, match.fragment) + "\n";
  }
  if (places.size() > kMostShown) out += "\nand " + std::to_string(places.size() - kMostShown) + " more\n";
  return out;
}

std::string written(const std::shared_ptr<const search::Searcher>& searcher, const Alert& alert, const http::ExportRequest& request) {
  const auto next = http::export_list(searcher, *http::find_export(alert.format), request);
  std::string out;
  while (next(out)) {}
  return out;
}

std::string member(const toml::table& table, const char* name, const std::string& where) {
  const auto* node = table.get(name);
  if (!node) return {};
  const auto value = node->value<std::string>();
  if (!node->is_string()) throw Error(ErrorKind::invalid, where + name + ": expected a text");
  return *value;
}

Alert read_alert(const toml::table& table, const std::string& path, size_t number) {
  const std::string where = path + ": search " + std::to_string(number) + ": ";
  for (const auto& [key, value] : table)
    if (key != "name" && key != "note" && key != "query" && key != "format" && key != "run")
      throw Error(ErrorKind::invalid, where + std::string(key.str()) + " is unknown; known are name, note, query, format, run");
  Alert out;
  out.name = member(table, "name", where);
  out.note = member(table, "note", where);
  out.query = member(table, "query", where);
  if (const auto format = member(table, "format", where); !format.empty()) out.format = format;
  if (out.name.empty() || out.query.empty()) throw Error(ErrorKind::invalid, where + "needs name and query");
  if (out.query.front() == '?') out.query.erase(0, 1);
  if (out.format != "text" && (!http::find_export(out.format) || out.format == "xlsx" || out.format == "docx" || out.format == "atom"))
    throw Error(ErrorKind::invalid, where + "format: expected text, csv, jsonl, marcxml, ris, bibtex or csl");
  const auto* run = table.get_as<toml::array>("run");
  if (run)
    for (const auto& argument : *run) {
      if (!argument.is_string()) throw Error(ErrorKind::invalid, where + "run: expected a list of texts, the program first");
      out.run.push_back(*argument.value<std::string>());
    }
  if (out.run.empty() || out.run.front().empty()) throw Error(ErrorKind::invalid, where + "run: expected a list of texts, the program first");
  request_of(out);
  return out;
}

}  // namespace

AlertFile read_alerts(const std::string& path) {
  const std::ifstream there(path);
  if (!there || std::filesystem::is_directory(path)) throw Error(ErrorKind::unavailable, path + " cannot be read");
  AlertFile out;
  try {
    const auto file = toml::parse_file(path);
    for (const auto& [key, value] : file)
      if (key != "url" && key != "search") throw Error(ErrorKind::invalid, path + ": " + std::string(key.str()) + " is unknown; known are url and [[search]]");
    out.url = member(file, "url", path + ": ");
    while (out.url.ends_with('/')) out.url.pop_back();
    const auto* searches = file.get_as<toml::array>("search");
    if (searches)
      for (const auto& node : *searches) {
        const auto* table = node.as_table();
        if (!table) throw Error(ErrorKind::invalid, path + ": search: expected [[search]] tables");
        auto alert = read_alert(*table, path, out.searches.size() + 1);
        if (std::any_of(out.searches.begin(), out.searches.end(), [&](const Alert& a) { return a.name == alert.name; }))
          throw Error(ErrorKind::invalid, path + ": two searches have the name " + alert.name);
        out.searches.push_back(std::move(alert));
      }
  } catch (const toml::parse_error& e) { throw Error(ErrorKind::invalid, fmt::format("{}:{}: {}", path, e.source().begin.line, e.description())); }
  if (out.searches.empty()) throw Error(ErrorKind::invalid, path + " has no [[search]]");
  return out;
}

namespace {

// What a search says of itself that nothing at all matches: an impossible filter, a slip.
void doubt_alert(const search::Searcher& searcher, const Alert& alert, const std::function<void(const std::string&)>& say) {
  auto request = request_of(alert).search;
  request.limit = 0;
  const auto result = searcher.search(request);
  if (result.total > 0) return;
  std::string line = alert.name + ": nothing of the whole collection matches";
  for (const auto& notice : result.notices) line += "; " + notice;
  say(line);
}

}  // namespace

void doubt_alerts(const AlertFile& alerts, const std::string& index, const std::function<void(const std::string&)>& say) {
  const search::Searcher searcher(search::Generation::open(index));
  for (const auto& alert : alerts.searches) doubt_alert(searcher, alert, say);
}

AlertRun tell_alerts(const AlertFile& alerts, const std::string& index, const std::string& state_path, uint64_t since,
                     const std::function<void(const std::string&)>& say) {
  const auto searcher = std::make_shared<const search::Searcher>(search::Generation::open(index));
  const uint64_t revision = searcher->generation().manifest().revision;
  const auto arrivals = std::make_shared<const Arrivals>(Arrivals::read(index, revision));
  auto state = read_state(state_path);
  AlertRun out;
  for (const auto& alert : alerts.searches) {
    const auto known = state.find(alert.name);
    const uint64_t from = known != state.end() ? known->second + 1 : since ? since : revision + 1;
    if (known == state.end() && !since) {
      say(alert.name + ": watched from revision " + std::to_string(revision) + " on");
      doubt_alert(*searcher, alert, say);
    }
    auto request = request_of(alert);
    request.since = from;
    request.arrivals = arrivals;
    request.base = alerts.url;
    std::vector<size_t> places;
    const search::ResultList list(searcher, request.search);
    if (from <= revision)
      for (size_t i = 0; i < list.size(); ++i)
        if (const auto* arrival = arrivals->find(searcher->generation().id(list.document(i))); arrival && arrival->number >= from) places.push_back(i);
    if (!places.empty()) {
      int status = 0;
      std::string why;
      try {
        status = run_program(alert.run, alert.format == "text" ? text_of(alert, list, places, alerts.url) : written(searcher, alert, request));
        why = "ended with status " + std::to_string(status);
      } catch (const Error& e) {
        status = -1;
        why = e.what();
      }
      if (status != 0) {
        say(fmt::format("{}: {} new; {} {}; it is told again the next time", alert.name, places.size(), alert.run.front(), why));
        ++out.failed;
        continue;
      }
      say(fmt::format("{}: {} new, told", alert.name, places.size()));
      ++out.told;
    }
    state[alert.name] = revision;
    write_state(state_path, state);
  }
  return out;
}

}  // namespace resolute::cli
