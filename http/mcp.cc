#include "http/mcp.h"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "http/addresses.h"
#include "http/api_json.h"
#include "text/normalize.h"

namespace resolute::http {
namespace {

using nlohmann::ordered_json;

constexpr const char* kVersions[] = {"2025-06-18", "2025-03-26", "2024-11-05"};  // newest first
constexpr size_t kMostAnswerBytes = 60'000;                                      // of a document read at once
constexpr size_t kMostListed = 50;

enum Fault { kParse = -32700, kRequest = -32600, kMethod = -32601, kParams = -32602 };

// What a tool cannot do with what it was given: told to the assistant.
struct ToolFault {
  std::string why;
};

ordered_json fault(const ordered_json& id, int code, const std::string& why) {
  return {{"jsonrpc", "2.0"}, {"id", id}, {"error", {{"code", code}, {"message", why}}}};
}

ordered_json text_schema(const char* description) { return {{"type", "string"}, {"description", description}}; }
ordered_json number_schema(const char* description, int least, int most) {
  return {{"type", "integer"}, {"minimum", least}, {"maximum", most}, {"description", description}};
}
ordered_json choice_schema(const char* description, std::vector<std::string> values) {
  return {{"type", "string"}, {"enum", std::move(values)}, {"description", description}};
}

// One call of a tool.
class ToolCall {
 public:
  ToolCall(const ordered_json& given, const std::string& base, const Ask& ask) : given_(given), base_(base), ask_(ask) {}

  // An argument as text; empty where it is not given.
  std::string text(const char* name) const {
    const auto it = given_.find(name);
    if (it == given_.end() || it->is_null()) return "";
    if (it->is_string()) return it->get<std::string>();
    if (it->is_number_integer()) return it->dump();
    throw ToolFault{std::string(name) + ": expected a text"};
  }
  std::string needed(const char* name) const {
    auto value = text(name);
    if (value.empty()) throw ToolFault{std::string(name) + " is missing"};
    return value;
  }
  size_t number(const char* name, size_t otherwise, size_t most) const {
    const auto it = given_.find(name);
    if (it == given_.end() || it->is_null()) return otherwise;
    if (!it->is_number_unsigned() || it->get<uint64_t>() > most) throw ToolFault{std::string(name) + ": expected a number up to " + std::to_string(most)};
    return it->get<size_t>();
  }
  // Throws ToolFault with what the service says is wrong.
  ordered_json ask(const char* route, const std::string& named, const Parameters& given, const std::string& body = "") const {
    auto asked = ask_(route, named, given, body);
    if (asked.status == 200) return std::move(asked.body);
    std::string why = asked.body.value("title", "It cannot be answered");
    if (asked.body.contains("detail")) why += ": " + asked.body["detail"].get<std::string>();
    if (asked.body.contains("candidates")) why += "; near it: " + asked.body["candidates"].dump();
    throw ToolFault{why};
  }
  std::string address(const std::string& id) const {
    const size_t at = id.rfind('@'), hash = id.find('#', at == std::string::npos ? 0 : at);
    if (at == std::string::npos) return base_ + "/" + percent_encode_path(id);
    const auto lang = parse_language(id.substr(at + 1, std::min(hash, id.size()) - at - 1)).value_or(Language::en);
    return paragraph_address(base_, id.substr(0, at), lang, hash == std::string::npos ? "" : id.substr(hash + 1));
  }
  const std::string& base() const { return base_; }

 private:
  const ordered_json& given_;
  const std::string& base_;
  const Ask& ask_;
};

// A paragraph as it is told of.
ordered_json paragraph(const ToolCall& call, const std::string& id, const ordered_json& text) {
  return {{"id", id}, {"url", call.address(id)}, {"text", text}};
}

ordered_json tool_search(const ToolCall& call) {
  Parameters given = {{"q", call.text("query")}, {"facets", "none"}, {"limit", std::to_string(call.number("limit", 10, kMostListed))}};
  for (const char* name : {"lang", "body", "type", "year", "committee", "symbol", "kind", "date_from", "date_to", "sort", "unit", "cursor"})
    if (auto value = call.text(name); !value.empty()) given.emplace_back(name, std::move(value));
  const auto answer = call.ask("search", "", given);
  ordered_json out = {{"total", answer["total"]["value"]},
                      {"documents", answer["total"]["documents"]},
                      {"understood", answer["query"]["understood"]},
                      {"notices", answer["query"]["notices"]}};
  auto& matches = out["matches"] = ordered_json::array();
  for (const auto& m : answer["matches"]) {
    auto p = paragraph(call, m["id"], m["paragraph"]["text"]);
    for (const char* name : {"symbol", "title", "date", "cited_by"}) p[name] = m[name];
    p["label"] = m["paragraph"]["label"];
    if (!m["parallel"].is_null()) p["parallel"] = paragraph(call, m["parallel"]["id"], m["parallel"]["text"]);
    matches.push_back(std::move(p));
  }
  if (answer.contains("next")) out["next"] = answer["next"];
  return out;
}

ordered_json tool_read_document(const ToolCall& call) {
  Parameters given;
  for (const char* name : {"lang", "parallel"})
    if (auto value = call.text(name); !value.empty()) given.emplace_back(name, std::move(value));
  const auto answer = call.ask("documents", call.needed("symbol"), given);
  const size_t from = call.number("from", 0, 1'000'000);
  const std::string id = answer["id"];
  ordered_json out = {{"id", id},
                      {"url", call.address(id)},
                      {"title", answer["title"]},
                      {"date", answer["date"]},
                      {"languages", answer["languages"]},
                      {"cited_by", answer["cited_by"]}};
  auto& list = out["paragraphs"] = ordered_json::array();
  const auto& all = answer["paragraphs"];
  size_t bytes = 0, i = from;
  for (; i < all.size() && (bytes < kMostAnswerBytes || i == from); ++i) {
    auto p = paragraph(call, id.substr(0, id.find('#')) + "#" + all[i]["id"].get<std::string>().substr(all[i]["id"].get<std::string>().rfind('#') + 1),
                       all[i]["text"]);
    p["label"] = all[i]["label"];
    if (all[i].contains("parallel") && all[i]["parallel"].is_object()) p["parallel"] = paragraph(call, all[i]["parallel"]["id"], all[i]["parallel"]["text"]);
    bytes += p.dump(-1, ' ', false, ordered_json::error_handler_t::replace).size();
    list.push_back(std::move(p));
  }
  out["paragraphs_in_all"] = all.size();
  if (i < all.size()) out["go_on_from"] = i;
  return out;
}

ordered_json tool_resolve(const ToolCall& call) {
  auto answer = call.ask("resolve", "", {{"ref", call.needed("reference")}});
  if (answer["known"] == true) {
    const std::string symbol = answer["symbol"];
    const std::string id = symbol + "@" + answer["languages"].back().get<std::string>();
    answer["id"] = id;
    answer["url"] = call.address(id);
  }
  return answer;
}

ordered_json tool_precedents(const ToolCall& call) {
  ordered_json body = {{"text", call.needed("text")}, {"limit", call.number("limit", 3, 20)}};
  if (const auto lang = call.text("lang"); !lang.empty()) body["lang"] = lang;
  const auto answer = call.ask("precedents", "", {}, dump(body));
  ordered_json out = {{"notices", answer["notices"]}};
  auto& paragraphs = out["paragraphs"] = ordered_json::array();
  for (const auto& p : answer["paragraphs"]) {
    ordered_json told = {{"text", p["text"]}, {"total", p["total"]}};
    auto& wordings = told["wordings"] = ordered_json::array();
    for (const auto& w : p["wordings"]) {
      auto one = paragraph(call, w["id"], w["text"]);
      for (const char* name : {"similarity", "uses", "documents", "diff"}) one[name] = w[name];
      one["first"] = {{"id", w["first"]["id"]}, {"date", w["first"]["date"]}};
      one["last"] = {{"id", w["last"]["id"]}, {"date", w["last"]["date"]}};
      if (!w["parallel"].is_null()) one["parallel"] = paragraph(call, w["parallel"]["id"], w["parallel"]["text"]);
      wordings.push_back(std::move(one));
    }
    paragraphs.push_back(std::move(told));
  }
  return out;
}

ordered_json tool_check_citations(const ToolCall& call) {
  auto answer = call.ask("citation-check", "", {}, dump({{"text", call.needed("text")}}));
  for (auto& c : answer["citations"]) {
    if (!c["symbol"].is_string()) continue;
    c["id"] = c["symbol"];
    c["url"] = call.address(c["symbol"]);
  }
  return answer;
}

ordered_json tool_history(const ToolCall& call) {
  const auto id = call.needed("id");
  if (id.find('#') == std::string::npos) throw ToolFault{"id: expected a paragraph, such as A/RES/75/1@en#op2"};
  auto answer = call.ask("paragraph-history", id, {});
  answer["url"] = call.address(id);
  return answer;
}

ordered_json tool_cited_by(const ToolCall& call) {
  const auto symbol = call.needed("symbol");
  const auto answer = call.ask("cited-by", symbol, {});
  const size_t most = call.number("limit", 20, kMostListed), from = call.number("from", 0, 1'000'000);
  ordered_json out = {{"symbol", answer["symbol"]}, {"url", call.address(answer["symbol"])}, {"total", answer["total"]}};
  auto& list = out["cited_by"] = ordered_json::array();
  const auto& all = answer["citations"];
  for (size_t i = from; i < all.size() && i < from + most; ++i) {
    ordered_json one = {{"symbol", all[i]["symbol"]}, {"title", all[i]["title"]}, {"date", all[i]["date"]}, {"treatments", all[i]["treatments"]}};
    auto& uses = one["paragraphs"] = ordered_json::array();
    for (const auto& use : all[i]["uses"]) {
      const std::string id = use["id"];
      const auto text = call.ask("paragraph", id, {});
      uses.push_back(paragraph(call, id, text["text"]));
      if (uses.size() == 3) break;
    }
    list.push_back(std::move(one));
  }
  if (from + most < all.size()) out["go_on_from"] = from + most;
  return out;
}

struct Tool {
  const char *name, *title, *description;
  ordered_json (*schema)();
  std::vector<const char*> required;
  ordered_json (*answer)(const ToolCall& call);
};

// A table, as long as it has rows.
const std::vector<Tool>& tools() {  // NOLINT(readability-function-size)
  static const std::vector<Tool> kTools = {
      {"search",
       "Search UN documents",
       "Searches paragraphs of UN resolutions, decisions and statements in Chinese and English. Plain words rank, \"...\" is exact, AND OR NOT ( ) work. "
       "Totals are exact. Each match has its id, address and whole text; quote by these.",
       [] {
         return ordered_json{{"query", text_schema("words, \"exact quotes\", a symbol")},
                             {"lang", choice_schema("language of the paragraphs", {"en", "zh"})},
                             {"body", choice_schema("organ", {"GA", "SC", "ECOSOC", "HRC"})},
                             {"type", text_schema("resolution, decision, statement, draft")},
                             {"committee", text_schema("C1 to C6, plenary, ...")},
                             {"symbol", text_schema("only this document")},
                             {"year", text_schema("year of adoption, four digits")},
                             {"kind", text_schema("kind of paragraph: preambular, operative, annex, ...")},
                             {"date_from", text_schema("YYYY-MM-DD, YYYY-MM or a year")},
                             {"date_to", text_schema("YYYY-MM-DD, YYYY-MM or a year")},
                             {"sort", choice_schema("order", {"relevance", "newest", "oldest", "most-cited"})},
                             {"unit", choice_schema("what a match is", {"paragraph", "document"})},
                             {"limit", number_schema("matches", 0, kMostListed)},
                             {"cursor", text_schema("next of the answer before")}};
       },
       {"query"},
       tool_search},
      {"read_document",
       "Read a document",
       "The paragraphs of a document with their ids and addresses, beside the other language where asked. Long documents come in parts: go on with from = "
       "go_on_from.",
       [] {
         return ordered_json{{"symbol", text_schema("A/RES/75/1, S/RES/1963(2010), in any spelling")},
                             {"lang", choice_schema("language", {"en", "zh"})},
                             {"parallel", choice_schema("other language beside it", {"en", "zh"})},
                             {"from", number_schema("first paragraph, from 0", 0, 1'000'000)}};
       },
       {"symbol"},
       tool_read_document},
      {"resolve",
       "Resolve a reference",
       "Any way of writing a reference to a UN document, in English or Chinese, to its symbol, or to candidates.",
       [] {
         return ordered_json{{"reference", text_schema("resolution 1373 (2001); 第1373(2001)号决议")}};
       },
       {"reference"},
       tool_resolve},
      {"precedents",
       "Earlier wording",
       "For each paragraph of a draft: earlier wording that is the same or nearly so, what changed, first and last use, and the translation.",
       [] {
         return ordered_json{{"text", text_schema("the draft")},
                             {"lang", choice_schema("its language, where it is known", {"en", "zh"})},
                             {"limit", number_schema("wordings of each paragraph", 0, 20)}};
       },
       {"text"},
       tool_precedents},
      {"check_citations",
       "Check references",
       "Each reference to a UN document in a text, and whether it is known, not held, impossible, ambiguous or newer in its series.",
       [] {
         return ordered_json{{"text", text_schema("the text")}};
       },
       {"text"},
       tool_check_citations},
      {"history",
       "History of a clause",
       "A paragraph through the resolutions of its series, with what changed.",
       [] {
         return ordered_json{{"id", text_schema("a paragraph: A/RES/75/1@en#op2")}};
       },
       {"id"},
       tool_history},
      {"cited_by",
       "Who cites a document",
       "The documents that cite a document, how, and the paragraphs that do.",
       [] {
         return ordered_json{{"symbol", text_schema("the document")},
                             {"limit", number_schema("documents", 1, kMostListed)},
                             {"from", number_schema("first of them, from 0", 0, 1'000'000)}};
       },
       {"symbol"},
       tool_cited_by},
  };
  return kTools;
}

ordered_json list_tools() {
  ordered_json list = ordered_json::array();
  for (const auto& t : tools())
    list.push_back({{"name", t.name},
                    {"title", t.title},
                    {"description", t.description},
                    {"inputSchema", {{"type", "object"}, {"properties", t.schema()}, {"required", t.required}, {"additionalProperties", false}}},
                    {"annotations", {{"readOnlyHint", true}, {"destructiveHint", false}, {"idempotentHint", true}, {"openWorldHint", false}}}});
  return {{"tools", list}};
}

ordered_json initialize(const ordered_json& params) {
  std::string version = kVersions[0];
  if (const auto asked = params.find("protocolVersion"); asked != params.end() && asked->is_string())
    for (const char* v : kVersions)
      if (asked->get<std::string>() == v) version = v;
  return {{"protocolVersion", version},
          {"capabilities", {{"tools", {{"listChanged", false}}}}},
          {"serverInfo", {{"name", "resolute"}, {"title", "Resolute: UN resolutions and decisions"}, {"version", RESOLUTE_VERSION}}},
          {"instructions",
           "UN resolutions, decisions and statements in Chinese and English, by paragraph. Quote the text of what the tools give, with its id and address; say "
           "nothing of documents that they do not hold."}};
}

// Throws ToolFault; `why` is set where the call itself is ill-formed.
ordered_json call_tool(const ordered_json& params, const std::string& base, const Ask& ask, std::string& why) {
  const auto name = params.find("name");
  const Tool* tool = nullptr;
  for (const auto& t : tools())
    if (name != params.end() && name->is_string() && name->get<std::string>() == t.name) tool = &t;
  if (!tool) {
    why = "there is no such tool";
    return nullptr;
  }
  const ordered_json none = ordered_json::object();
  const auto it = params.find("arguments");
  const auto& given = it == params.end() || it->is_null() ? none : *it;
  if (!given.is_object()) {
    why = "arguments: expected an object";
    return nullptr;
  }
  const auto schema = tool->schema();
  try {
    for (const auto& [argument, value] : given.items())
      if (!schema.contains(argument)) throw ToolFault{"\"" + text::tidy(argument).substr(0, 80) + "\" is no argument of " + tool->name};
    auto answer = tool->answer(ToolCall(given, base, ask));
    return {{"content", {{{"type", "text"}, {"text", dump(answer)}}}}, {"structuredContent", answer}, {"isError", false}};
  } catch (const ToolFault& f) { return {{"content", {{{"type", "text"}, {"text", f.why}}}}, {"isError", true}}; }
}

}  // namespace

ordered_json refuse_message() { return fault(nullptr, kParse, "the body is no JSON"); }

std::optional<ordered_json> answer_message(const ordered_json& message, const std::string& base, const Ask& ask) {
  if (!message.is_object() || message.value("jsonrpc", ordered_json()) != "2.0") return fault(nullptr, kRequest, "expected one message of JSON-RPC 2.0");
  const auto method = message.find("method");
  const auto id = message.find("id");
  if (method == message.end()) return id == message.end() ? std::optional(fault(nullptr, kRequest, "method is missing")) : std::nullopt;  // a response
  if (!method->is_string()) return fault(id == message.end() ? ordered_json() : *id, kRequest, "method is no text");
  if (id == message.end()) return std::nullopt;  // a notification
  if (!id->is_string() && !id->is_number()) return fault(nullptr, kRequest, "id is neither a text nor a number");
  const ordered_json none = ordered_json::object();
  const auto it = message.find("params");
  const auto& params = it == message.end() || it->is_null() ? none : *it;
  if (!params.is_object()) return fault(*id, kParams, "params: expected an object");
  const auto done = [&](ordered_json result) -> ordered_json { return {{"jsonrpc", "2.0"}, {"id", *id}, {"result", std::move(result)}}; };
  const std::string name = *method;
  if (name == "initialize") return done(initialize(params));
  if (name == "ping") return done(ordered_json::object());
  if (name == "tools/list") return done(list_tools());
  if (name == "tools/call") {
    std::string why;
    auto result = call_tool(params, base, ask, why);
    return why.empty() ? done(std::move(result)) : fault(*id, kParams, why);
  }
  return fault(*id, kMethod, "there is no such method");
}

}  // namespace resolute::http
