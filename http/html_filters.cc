#include "http/html_filters.h"

#include <algorithm>
#include <vector>

#include "http/html_notices.h"
#include "schemas/ascii.h"
#include "schemas/state.h"
#include "text/collate.h"

namespace resolute::http {
namespace {

constexpr size_t kFirstValues = 8;

constexpr std::string_view kVotes[] = {"yes", "no", "abstain"};

std::string_view state_name(const State& state, bool zh) { return zh ? state.zh : state.en; }

// Member States in the order of their names, put so once.
const std::vector<const State*>& states_by_name(bool zh) {
  const auto sorted = [](bool chinese) {
    std::vector<const State*> out;
    for (const auto& s : states()) out.push_back(&s);
    std::sort(out.begin(), out.end(), [&](const State* a, const State* b) {
      return text::in_order(state_name(*a, chinese), state_name(*b, chinese), chinese ? Language::zh : Language::en);
    });
    return out;
  };
  static const auto kEnglish = sorted(false), kChinese = sorted(true);
  return zh ? kChinese : kEnglish;
}

}  // namespace

Html link(const std::string& href, const Attributes& more, const Html& content) {
  Attributes all = {{"href", href}};
  all.insert(all.end(), more.begin(), more.end());
  return element("a", all, content);
}

std::string facet_label(const Asked& asked, Field field, std::string_view value, bool zh) {
  if (field != Field::session) return value_label(field, value, zh);
  const auto body = asked.request.filters.find(Field::body);
  return print_session(value, body != asked.request.filters.end() && !body->second.any.empty() ? body->second.any[0] : "", zh);
}

// The page's address with a filter's value taken away, and perhaps another put in its place.
std::string without(const Page& page, std::string_view name, std::string_view value, const std::string& instead = {}) {
  Parameters query;
  for (const auto& [n, v] : page.given)
    if (n != "cursor" && !(n == name && v == value)) query.emplace_back(n, v);
  if (!instead.empty()) query.emplace_back(name, instead);
  return page.to("search", query);
}

Html chips(const Page& page, const Asked& asked) {
  Html out;
  for (const auto& [name, value] : page.given) {
    if (value.empty()) continue;
    const auto field = parse_field(name);
    const bool range = name == "date_from" || name == "date_to" || name == "cited_by";
    if (!field && !range) continue;
    const bool exclude = field && value.size() > 1 && value[0] == '-';
    const auto bare = exclude ? value.substr(1) : value;
    std::string shown = field                 ? facet_label(asked, *field, bare, page.zh())
                        : name == "date_from" ? page.say("from-day", {value})
                        : name == "date_to"   ? page.say("until-day", {value})
                                              : page.say("cited-by-n", {value});
    if (field == Field::symbol || field == Field::cites) shown = page.say(field == Field::cites ? Word("cites-x") : Word("symbol-x"), {bare});
    if (exclude) shown = page.say("not-x", {shown});
    Html item = link(without(page, name, value), {{"class", exclude ? "chip out" : "chip"}, {"aria-label", page.say("remove-filter", {shown})}},
                     element("span", {}, shown) += element("span", {{"class", "x"}, {"aria-hidden", "true"}}, "×"));
    if (field)
      item += link(without(page, name, value, exclude ? bare : "-" + bare),
                   {{"class", "turn"}, {"aria-label", exclude ? page.say("include-x", {bare}) : page.say("exclude-x", {shown})}},
                   page.say(exclude ? Word("include") : Word("exclude")));
    out += element("li", {}, item);
  }
  if (out.empty()) return out;
  out += element("li", {}, link(page.to("search", {{"q", page.value("q")}}), {{"class", "quiet"}}, page.say("clear")));
  return element("ul", {{"class", "chips"}, {"id", "chips"}, {"aria-label", page.say("chosen-filters")}}, out);
}

Html facet(const Page& page, const Asked& asked, const Facet& given) {
  if (given.values.empty()) return {};
  Facet f = given;
  const auto& i = info(f.field);
  // Sessions are looked for by their number.
  if (f.field == Field::session) newest_sessions_first(f);
  Html values, rest;
  size_t n = 0, selected = 0;
  for (const auto& v : f.values) {
    selected += v.selected ? 1 : 0;
    const auto name = facet_label(asked, f.field, v.value, page.zh());
    const auto id = "f-" + std::string(i.name) + "-" + std::to_string(n);
    Html item = element("li", {}, element("input", {{"type", "checkbox"}, {"id", id}, {"name", i.name}, {"value", v.value}, {"checked", v.selected}}),
                        element("label", {{"for", id}}, element("span", {{"class", "name"}, {"lang", language_tag_of(name)}}, name),
                                element("span", {{"class", "count"}}, print_number(v.count))));
    (n < kFirstValues || v.selected ? values : rest) += item;
    if (++n >= 60) break;
  }
  Html body = element("ul", {{"class", "values"}}, values);
  if (!rest.empty())
    body +=
        element("details", {{"class", "more-values"}}, element("summary", {}, page.say("more-values", {print_number(n > kFirstValues ? n - kFirstValues : 0)})),
                element("ul", {{"class", "values"}}, rest));
  const bool open =
      selected > 0 || f.field == Field::body || f.field == Field::year || f.field == Field::committee || f.field == Field::session || f.field == Field::type;
  Html badge = selected ? element("span", {{"class", "badge"}}, print_number(selected)) : Html();
  return element("details", {{"class", std::string("facet facet-") + i.name}, {"open", open}, {"id", std::string("facet-") + i.name}},
                 element("summary", {}, page.say(facet_word(f.field)), badge), body);
}

Html filters(const Page& page, const Asked& asked, const SearchResult& result) {
  Html inside;
  for (const auto& [name, value] : page.given) {
    const auto field = parse_field(name);
    const bool counted = field && std::any_of(result.facets.begin(), result.facets.end(), [&](const Facet& f) { return f.field == *field; });
    // What no box stands for goes along unseen; so does what is excluded.
    if (name == "cursor" || name == "date_from" || name == "date_to" || value.empty() || (counted && value[0] != '-')) continue;
    inside += element("input", {{"type", "hidden"}, {"name", name}, {"value", value}});
  }
  for (const auto& f : result.facets) {
    inside += facet(page, asked, f);
    if (f.field == Field::vote) inside += choose_vote(page, Among::filters);
  }
  const auto day = [&](const char* name, Word word) {
    return element("label", {}, element("span", {}, page.say(word)),
                   element("input", {{"name", name},
                                     {"value", page.value(name)},
                                     {"inputmode", "numeric"},
                                     {"placeholder", std::string_view(name) == "date_to" ? "2025" : "2019"},
                                     {"maxlength", "10"},
                                     {"size", "10"}}));
  };
  inside += element("fieldset", {{"class", "facet dates"}}, element("legend", {}, page.say("adopted")), day("date_from", "from"), day("date_to", "to"));
  inside += element("p", {{"class", "apply"}}, element("button", {{"type", "submit"}, {"class", "button"}}, page.say("apply-filters")));
  return element("details", {{"class", "filters"}, {"id", "filters"}, {"open", true}}, element("summary", {}, page.say("filters")),
                 element("form", {{"action", page.to("search")}, {"method", "get"}}, inside));
}

Html choose_vote(const Page& page, Among among) {
  const auto option = [](std::string_view value, const Html& said, bool chosen) { return element("option", {{"value", value}, {"selected", chosen}}, said); };
  Html named = option("", page.say("any"), false), ways = option("", page.say("voted-any"), false);
  for (const auto* s : states_by_name(page.zh())) named += option(s->code, state_name(*s, page.zh()), false);
  for (const auto& [how, word] : {std::pair{kVotes[0], Word("vote-yes")}, {kVotes[1], Word("vote-no")}, {kVotes[2], Word("vote-abstain")}})
    ways += option(how, page.say(word), false);
  const auto choice = [&](const char* field, Word word, const Html& options) {
    return element("label", {}, element("span", {}, page.say(word)), element("select", {{"name", field}}, options));
  };
  const Html choices = choice("state", "state", named) += choice("voted", "voted", ways) +=
      element("button", {{"type", "submit"}, {"class", "button"}}, page.say(among == Among::filters ? Word("apply") : Word("show")));
  return among == Among::filters
             ? element("details", {{"class", "facet choose-vote"}, {"id", "facet-state"}}, element("summary", {}, page.say("voter")), choices)
             : choices;
}

std::string form_address(const Page& page) {
  Parameters query;
  const auto state = page.value("state"), voted = page.value("voted"), from = page.value("date_from"), to = page.value("date_to");
  // "2019" begins before "2019-03", and ends after it.
  const bool turned = !from.empty() && !to.empty() && from.compare(0, to.size(), to) > 0;
  const bool asked = std::any_of(page.given.begin(), page.given.end(), [](const auto& p) { return p.first == "state" || p.first == "voted"; });
  if (!turned && !asked) return {};
  for (const auto& [name, value] : page.given)
    if (name != "state" && name != "voted" && name != "turned" && !value.empty())
      query.emplace_back(name, turned && name == "date_from" ? to : turned && name == "date_to" ? from : value);
  if (turned) query.emplace_back("turned", "1");
  if (state_of(state))
    for (const auto how : kVotes)
      if (voted.empty() || voted == how) query.emplace_back("voter", state + ":" + std::string(how));
  return page.to("search", query);
}

}  // namespace resolute::http
