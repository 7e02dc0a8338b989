#include "http/bibliography.h"

#include <algorithm>
#include <utility>

#include <nlohmann/json.hpp>

#include "http/addresses.h"
#include "http/markup.h"
#include "schemas/ascii.h"
#include "schemas/body.h"
#include "schemas/field.h"

namespace resolute::http {
namespace {

using nlohmann::ordered_json;

bool zh(const Document& d) { return d.lang == Language::zh; }

// "2037-12-15" -> {2037, 12, 15}; empty where there is none.
std::vector<int> date_parts(const std::string& date) {
  if (!parse_date(date)) return {};
  return {std::stoi(date.substr(0, 4)), std::stoi(date.substr(5, 2)), std::stoi(date.substr(8, 2))};
}

std::string title_with_place(const Citable& c) { return title_of(c.document) + (c.label.empty() ? "" : (zh(c.document) ? "，" : ", ") + c.label); }

// A value of a line format: line ends would begin another field.
std::string one_line(std::string_view s) {
  std::string out(s);
  for (char& ch : out)
    if (static_cast<unsigned char>(ch) < ' ' || ch == 0x7F) ch = ' ';
  return out;
}

std::string key_of(const Citable& c) {
  std::string out;
  for (const char ch : c.document.id() + (c.fragment.empty() ? "" : "#" + c.fragment))
    if (is_alnum(ch))
      out += ch;
    else if (!out.empty() && out.back() != '-')
      out += '-';
  while (!out.empty() && out.back() == '-') out.pop_back();
  return out.empty() ? "document" : out;
}

// Braces and what TeX takes for commands, as letters.
std::string tex(std::string_view s) {
  std::string out;
  for (const char ch : one_line(s)) {
    switch (ch) {
      case '\\': out += "{\\textbackslash}"; break;
      case '{': out += "\\{"; break;
      case '}': out += "\\}"; break;
      case '~': out += "{\\textasciitilde}"; break;
      case '^': out += "{\\textasciicircum}"; break;
      case '&':
      case '%':
      case '$':
      case '#':
      case '_': out += '\\'; [[fallthrough]];
      default: out += ch;
    }
  }
  return out;
}

class MarcRecord {
 public:
  void control(std::string_view tag, std::string_view value) {
    out_.append("<controlfield tag=\"").append(tag).append("\">").append(escaped(value)).append("</controlfield>\n");
  }
  // Nothing where every subfield is empty.
  void field(std::string_view tag, std::string_view indicators, std::initializer_list<std::pair<const char*, std::string_view>> subfields) {
    std::string inner;
    for (const auto& [code, value] : subfields) append_element(inner, "subfield", value, std::string(" code=\"") + code + "\"");
    if (inner.empty()) return;
    out_.append("<datafield tag=\"")
        .append(tag)
        .append("\" ind1=\"")
        .append(indicators.substr(0, 1))
        .append("\" ind2=\"")
        .append(indicators.substr(1, 1))
        .append("\">");
    out_.append(inner).append("</datafield>\n");
  }
  std::string take() { return "<record>\n<leader>00000nam a2200000 i 4500</leader>\n" + out_ + "</record>\n"; }

 private:
  std::string out_;
};

void add_vote(const Vote& vote, MarcRecord& marc) {
  if (vote.empty()) return;
  const auto number = [](const std::optional<int>& n) { return n ? std::to_string(*n) : ""; };
  // The sentence, too, is what readers look for.
  std::string how;
  if (vote.outcome == VoteOutcome::without_vote)
    how = "Adopted without vote";
  else if (vote.outcome == VoteOutcome::unanimous)
    how = "Adopted unanimously";
  else if (vote.outcome == VoteOutcome::acclamation)
    how = "Adopted by acclamation";
  else if (vote.outcome == VoteOutcome::not_adopted)
    how = "Not adopted";
  else
    how = "Adopted by recorded vote";
  if (vote.yes) how += " (" + number(vote.yes) + "-" + number(vote.no.value_or(0)) + "-" + number(vote.abstain.value_or(0)) + ")";
  marc.field("996", "  ", {{"a", how}, {"b", number(vote.yes)}, {"c", number(vote.no)}, {"d", number(vote.abstain)}});
  for (const auto& [state, cast] : vote.voters)
    marc.field("967", "  ", {{"c", state}, {"d", cast == "yes" ? "Y" : cast == "no" ? "N" : "A"}, {"e", label(Field::sponsor, state, false)}});
}

}  // namespace

std::string title_of(const Document& d) { return d.title.empty() ? d.identifier : d.title; }

std::string author_of(const Document& d) {
  const auto* body = body_of(print_body(d.body));
  if (!body) return zh(d) ? "联合国" : "United Nations";
  const std::string name = zh(d) ? body->zh : body->en;
  if (zh(d)) return name.starts_with("联合国") ? name : "联合国" + name;
  return name.starts_with("United Nations") ? name : "United Nations " + name;
}

std::string genre_of(const Document& d) { return label(Field::type, print_type(d.type), zh(d)); }

std::string print_ris(const Citable& c) {
  const auto& d = c.document;
  std::string out = "TY  - RPRT\r\n";
  const auto add = [&](const char* tag, std::string_view value) {
    if (!value.empty()) out.append(tag).append("  - ").append(one_line(value)).append("\r\n");
  };
  add("ID", d.id() + (c.fragment.empty() ? "" : "#" + c.fragment));
  add("TI", title_of(d));
  add("AU", author_of(d) + ",");  // with a comma: a name of one part, never turned round
  add("PB", zh(d) ? "联合国" : "United Nations");
  add("SN", d.identifier);
  add("M3", genre_of(d));
  if (const auto parts = date_parts(d.date); !parts.empty()) {
    add("PY", d.date.substr(0, 4));
    add("DA", d.date.substr(0, 4) + "/" + d.date.substr(5, 2) + "/" + d.date.substr(8, 2));
  }
  add("LA", print_language(d.lang));
  for (const auto& s : d.subjects) add("KW", s);
  add("SP", c.label);
  add("N2", c.text);
  add("UR", c.url);
  add("L2", official_address(d.identifier, d.lang));
  return out + "ER  - \r\n\r\n";
}

std::string print_bibtex(const Citable& c) {
  const auto& d = c.document;
  std::string out = "@techreport{" + key_of(c) + ",\n";
  const auto add = [&](const char* name, const std::string& value) {
    if (!value.empty()) out.append("  ").append(name).append(" = {").append(value).append("},\n");
  };
  add("title", "{" + tex(title_with_place(c)) + "}");
  add("author", "{" + tex(author_of(d)) + "}");
  add("institution", tex(zh(d) ? "联合国" : "United Nations"));
  add("type", tex(genre_of(d)));
  add("number", tex(d.identifier));
  if (const auto parts = date_parts(d.date); !parts.empty()) {
    add("year", std::to_string(parts[0]));
    add("month", std::to_string(parts[1]));
    add("date", d.date);
  }
  add("language", zh(d) ? "chinese" : "english");
  std::string keywords;
  for (const auto& s : d.subjects) keywords += (keywords.empty() ? "" : ", ") + tex(s);
  add("keywords", keywords);
  add("abstract", tex(c.text));
  add("url", one_line(c.url));
  return out + "}\n\n";
}

ordered_json print_csl(const Citable& c) {
  const auto& d = c.document;
  ordered_json o;
  o["id"] = d.id() + (c.fragment.empty() ? "" : "#" + c.fragment);
  o["type"] = "report";
  o["genre"] = genre_of(d);
  o["title"] = title_of(d);
  o["author"] = {{{"literal", author_of(d)}}};
  o["publisher"] = zh(d) ? "联合国" : "United Nations";
  o["number"] = d.identifier;
  if (const auto parts = date_parts(d.date); !parts.empty()) o["issued"] = {{"date-parts", ordered_json::array({parts})}};
  o["language"] = print_language(d.lang);
  if (!d.subjects.empty()) {
    std::string keywords;
    for (const auto& s : d.subjects) keywords += (keywords.empty() ? "" : ", ") + s;
    o["keyword"] = keywords;
  }
  if (!c.label.empty()) o["section"] = c.label;
  if (!c.text.empty()) o["abstract"] = c.text;
  o["URL"] = c.url;
  return o;
}

ordered_json print_jsonld(const Citable& c) {
  const auto& d = c.document;
  ordered_json o;
  o["@context"] = "https://schema.org";
  o["@type"] = "Legislation";
  o["@id"] = urn(d.id());
  o["name"] = title_of(d);
  o["legislationIdentifier"] = d.identifier;
  o["legislationType"] = genre_of(d);
  o["inLanguage"] = print_language(d.lang);
  if (!d.date.empty()) o["legislationDate"] = d.date;
  o["legislationPassedBy"] = {{"@type", "Organization"}, {"name", author_of(d)}};
  o["publisher"] = {{"@type", "Organization"}, {"name", zh(d) ? "联合国" : "United Nations"}};
  if (!d.subjects.empty()) o["keywords"] = d.subjects;
  auto& cited = o["citation"] = ordered_json::array();
  for (const auto& symbol : cited_symbols(d))
    cited.push_back({{"@type", "Legislation"}, {"legislationIdentifier", symbol}, {"sameAs", official_address(symbol, d.lang)}});
  if (cited.empty()) o.erase("citation");
  o["url"] = c.url;
  o["sameAs"] = official_address(d.identifier, d.lang);
  return o;
}

std::string print_marcxml(const Citable& c) {
  const auto& d = c.document;
  MarcRecord marc;
  marc.control("001", d.id() + (c.fragment.empty() ? "" : "#" + c.fragment));
  marc.control("003", "resolute");
  const auto year = d.date.size() == 10 ? d.date.substr(0, 4) : "    ";
  marc.control("008", "      s" + year + "    xxu           i000 0 " + (zh(d) ? "chi" : "eng") + " d");
  marc.field("041", "0 ", {{"a", zh(d) ? "chi" : "eng"}});
  const std::string_view symbol = d.identifier;
  marc.field("191", "  ", {{"a", symbol}, {"b", symbol.substr(0, std::min(symbol.find('/'), symbol.size())) == "A" ? "A/" : ""}, {"c", d.session}});
  marc.field("245", "10", {{"a", title_of(d)}});
  marc.field("260", "  ", {{"a", "[New York] :"}, {"b", "UN,"}, {"c", d.date}});
  marc.field("269", "  ", {{"a", d.issued.empty() ? d.date : d.issued}});
  if (!c.text.empty()) marc.field("520", "  ", {{"3", c.label}, {"a", c.text}});
  for (const auto& subject : d.subjects) marc.field("650", "17", {{"a", subject}, {"2", "unbist"}});
  marc.field("710", "2 ", {{"a", author_of(d)}});
  marc.field("856", "40", {{"u", c.url}});
  for (const auto& committee : d.committee)
    if (const auto* body = body_of(committee)) marc.field("981", "  ", {{"b", body->en}});
  for (const auto& item : d.agenda) marc.field("991", "  ", {{"a", d.body == Body::ga && !d.session.empty() ? "A/" + d.session + "/251" : ""}, {"b", item}});
  marc.field("992", "  ", {{"a", d.date}});
  for (const auto& draft : d.drafts) marc.field("993", "2 ", {{"a", draft}});
  if (!d.meeting.empty()) {
    const std::string record = d.body == Body::sc ? "S/PV." + d.meeting : d.body == Body::ga && !d.session.empty() ? "A/" + d.session + "/PV." + d.meeting : "";
    marc.field("993", "4 ", {{"a", record}});
  }
  add_vote(d.vote, marc);
  return marc.take();
}

}  // namespace resolute::http
