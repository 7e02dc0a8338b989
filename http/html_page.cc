#include "http/html_page.h"

#include <algorithm>
#include <array>

#include "http/addresses.h"
#include "http/answers.h"
#include "http/api_json.h"
#include "http/assets.h"
#include "http/html_pages.h"
#include "http/negotiation.h"
#include "schemas/ascii.h"
#include "schemas/months.h"
#include "schemas/numerals.h"
#include "schemas/segment.h"
#include "schemas/state.h"
#include "schemas/symbol.h"

namespace resolute::http {
namespace {

constexpr std::string_view kTextCookie = "resolute_text", kLanguageCookie = "resolute_ui";

// The value of a cookie; empty where the client sends none.
std::string_view cookie(std::string_view header, std::string_view name) {
  for (size_t at = 0; at < header.size();) {
    const size_t end = std::min(header.find(';', at), header.size());
    const auto pair = trimmed(header.substr(at, end - at));
    if (pair.size() > name.size() && pair.starts_with(name) && pair[name.size()] == '=') return pair.substr(name.size() + 1);
    at = end + 1;
  }
  return {};
}

// Whether Accept-Language prefers Chinese to English: the first of the two with the highest quality.
bool prefers_chinese(std::string_view header) {
  int best = 0;
  bool chinese = false;
  for (size_t at = 0; at < header.size();) {
    const size_t end = std::min(header.find(',', at), header.size());
    const std::string range = lowered(trimmed(header.substr(at, end - at)));
    at = end + 1;
    const bool zh = range.starts_with("zh"), en = range.starts_with("en");
    if (!zh && !en) continue;
    int quality = 1000;
    if (const size_t q = range.find("q="); q != std::string::npos) {
      quality = 0;
      int unit = 1000;
      for (size_t i = q + 2; i < range.size() && unit > 0; ++i)
        if (range[i] >= '0' && range[i] <= '9') quality += (range[i] - '0') * unit, unit /= 10;
    }
    if (quality > best) {
      best = quality;
      chinese = zh;
    }
  }
  return chinese;
}

std::optional<Reading> parse_reading(std::string_view s) {
  for (const Reading r : {Reading::en, Reading::zh, Reading::both})
    if (s == print_reading(r)) return r;
  return std::nullopt;
}

std::string ordinal(int n) {
  const int last = n % 100 >= 11 && n % 100 <= 13 ? 0 : n % 10;
  return std::to_string(n) + (last == 1 ? "st" : last == 2 ? "nd" : last == 3 ? "rd" : "th");
}

std::optional<int> small_number(std::string_view s) {
  if (s.empty() || s.size() > 4 || s.find_first_not_of("0123456789") != std::string_view::npos) return std::nullopt;
  return std::stoi(std::string(s));
}

// "CIVIL SOCIETY" and "civil_society" as "Civil Society", "Civil society"; others stay.
std::string clean_subject(std::string_view subject) {
  std::string out(subject);
  const bool low = out.find('_') != std::string::npos;
  std::replace(out.begin(), out.end(), '_', ' ');
  if (low && !out.empty()) {
    if (is_lower(out[0])) out[0] = static_cast<char>(out[0] - 32);
    return out;
  }
  if (std::any_of(out.begin(), out.end(), is_lower) || out.size() < 5) return out;
  static constexpr std::array<std::string_view, 10> kSmall = {"AND", "OF", "IN", "THE", "FOR", "TO", "ON", "BY", "WITH", "AT"};
  for (size_t at = 0, end = 0; at < out.size(); at = end) {
    const bool is_word = is_alpha(out[at]);
    while (end < out.size() && is_alpha(out[end]) == is_word) ++end;
    if (!is_word) continue;
    const std::string_view word(&out[at], end - at);
    if (at > 0 && (out[at - 1] == '\'' || out.compare(at - std::min<size_t>(at, 3), 3, "’") == 0) && word == "S") {
      out[at] = 's';
      continue;
    }
    const bool small = at > 0 && std::find(kSmall.begin(), kSmall.end(), word) != kSmall.end();
    // HIV/AIDS, UN.
    const bool letters = word == "UN" || (at > 0 && out[at - 1] == '/') || (end < out.size() && (out[end] == '/' || out[end] == '.'));
    for (size_t i = at + (small ? 0 : 1); i < end && !letters; ++i)
      if (is_upper(out[i])) out[i] = static_cast<char>(out[i] + 32);
  }
  return out;
}

// Words that the script says.
std::string script_words(const Words& say) {
  std::string out;
  const auto add = [&](const char* name, Word word) {
    out += (out.empty() ? "{\"" : ",\"") + std::string(name) + "\":\"";
    for (const char c : say(word)) {
      if (c == '"' || c == '\\') out += '\\';
      out += c;
    }
    out += '"';
  };
  add("copied", "copied");
  add("loading", "loading");
  add("suggestions", "suggestions-shown");
  add("failed", "failed");
  add("symbol", "suggest-symbol");
  add("title", "suggest-title");
  add("subject", "suggest-subject");
  add("committee", "suggest-committee");
  add("concerns", "suggest-concerns");
  add("phrase", "suggest-phrase");
  add("hits", "find-position");
  add("kept", "draft-kept");
  return out + "}";
}

Html head(const Page& page, const Shown& shown) {
  const std::string files = page.base + asset_folder();
  Html out;
  out += element("meta", {{"charset", "utf-8"}});
  out += element("meta", {{"name", "viewport"}, {"content", "width=device-width, initial-scale=1"}});
  out += element("title", {}, shown.title.empty() ? std::string("Resolute") : shown.title + " – Resolute");
  out += element("meta", {{"name", "description"}, {"content", shown.description}});
  out += element("meta", {{"name", "color-scheme"}, {"content", "light dark"}});
  for (const auto& [property, content] : {std::pair{"og:site_name", std::string("Resolute")},
                                          {"og:type", std::string(std::string_view(shown.view) == "document" ? "article" : "website")},
                                          {"og:title", shown.title.empty() ? "Resolute" : shown.title},
                                          {"og:description", shown.description}})
    out += element("meta", {{"property", property}, {"content", content}});
  if (shown.canonical.empty()) {
    out += element("meta", {{"name", "robots"}, {"content", "noindex"}});
  } else {
    out += element("link", {{"rel", "canonical"}, {"href", page.base + (page.zh() ? "zh" : "en") + encode_path(shown.canonical)}});
    out += element("link", {{"rel", "alternate"}, {"hreflang", "en"}, {"href", page.in_language(false)}});
    out += element("link", {{"rel", "alternate"}, {"hreflang", "zh-Hans"}, {"href", page.in_language(true)}});
  }
  for (const auto& a : shown.alternates) out += element("link", {{"rel", "alternate"}, {"type", a.type}, {"hreflang", a.lang}, {"href", a.href}});
  for (const auto& [name, content] : shown.metas) out += element("meta", {{"name", name}, {"content", content}});
  out += element("link", {{"rel", "icon"}, {"type", "image/svg+xml"}, {"href", files + "favicon.svg"}});
  out += element("link", {{"rel", "search"}, {"type", "application/opensearchdescription+xml"}, {"title", "Resolute"}, {"href", page.base + "opensearch.xml"}});
  out += element("link", {{"rel", "stylesheet"}, {"href", files + "style.css"}});
  if (!shown.print_head.empty())
    out += element("link", {{"rel", "stylesheet"}, {"media", "print"}, {"href", page.base + "print.css" + encode_query({{"head", shown.print_head}})}});
  const std::string_view view = shown.view;
  const char* script = view == "search" ? "search.js" : view == "document" ? "document.js" : view == "draft" ? "draft.js" : nullptr;
  out += element("script", {{"type", "module"}, {"src", files + "page.js"}});
  if (script) out += element("script", {{"type", "module"}, {"src", files + script}});
  return out;
}

Html language_links(const Page& page) {
  const auto one = [&](bool zh, const char* name) {
    const bool current = zh == page.zh();
    return element(
        "a",
        {{"href", page.in_language(zh)}, {"lang", zh ? "zh-Hans" : "en"}, {"hreflang", zh ? "zh-Hans" : "en"}, {"aria-current", current ? "true" : "false"}},
        name);
  };
  return element("nav", {{"class", "switch"}, {"id", "ui-lang"}, {"aria-label", page.say("page-language")}}, one(false, "English"), one(true, "中文"));
}

}  // namespace

const std::string& asset_folder() {
  static const std::string folder = [] {
    std::string all;
    for (const auto* name : {"/page.js", "/search.js", "/document.js", "/draft.js", "/style.css", "/favicon.svg"})
      if (const auto* asset = find_asset(name)) all += asset->content;
    return "static/" + std::to_string(checksum(all)) + "/";
  }();
  return folder;
}

const char* print_reading(Reading r) { return r == Reading::zh ? "zh" : r == Reading::en ? "en" : "both"; }

std::string Page::value(std::string_view name) const {
  for (const auto& [n, v] : given)
    if (n == name) return v;
  return {};
}

Html search_form(const Page& page, bool focus) {
  const auto& say = page.say;
  return element("form", {{"class", "search"}, {"role", "search"}, {"id", "search"}, {"action", page.to("search")}, {"method", "get"}},
                 element("label", {{"class", "vh"}, {"for", "q"}}, say("search")),
                 element("input", {{"id", "q"},
                                   {"name", "q"},
                                   {"type", "search"},
                                   {"value", page.path == "/search" ? page.value("q") : ""},
                                   {"autocomplete", "off"},
                                   {"autocapitalize", "off"},
                                   {"spellcheck", "false"},
                                   {"enterkeyhint", "search"},
                                   {"maxlength", "2000"},
                                   {"autofocus", focus},
                                   {"placeholder", say("placeholder")}}),
                 element("button", {{"type", "submit"}}, say("search")));
}

std::string encode_path(std::string_view path) { return percent_encode(path, "/()@,:"); }

std::string encode_query(const Parameters& query) {
  std::string out;
  for (const auto& [name, v] : query) {
    if (v.empty()) continue;
    out += out.empty() ? '?' : '&';
    out += percent_encode(name) + "=";
    for (const char c : v) out += c == ' ' ? "+" : percent_encode(std::string_view(&c, 1), "/():,@");
  }
  return out;
}

std::string Page::to(std::string_view place, const Parameters& query) const { return (root.empty() ? "./" : root) + encode_path(place) + encode_query(query); }

std::string Page::to_document(std::string_view symbol, std::string_view fragment, const Parameters& query) const {
  return to(symbol, query) + (fragment.empty() ? "" : "#" + percent_encode(fragment));
}

std::string Page::here(const Parameters& changes) const {
  Parameters query;
  for (const auto& [name, v] : given) {
    const bool changed = std::any_of(changes.begin(), changes.end(), [&, n = std::string_view(name)](const auto& c) { return c.first == n; });
    if (!changed && name != "cursor" && name != "after") query.emplace_back(name, v);
  }
  for (const auto& c : changes)
    if (!c.second.empty()) query.push_back(c);
  return to(std::string_view(path).substr(1), query);
}

std::string Page::in_language(bool chinese) const { return base + (chinese ? "zh" : "en") + encode_path(path) + encode_query(given); }

std::optional<Page> read_page(const Request& request, const search::Searcher* searcher) {
  const std::string_view target = request.target;
  const size_t mark = std::min(target.find('?'), target.size());
  const auto raw = target.substr(0, mark);
  const auto decoded = decode(raw, false);
  const auto parsed = parse_query_string(mark < target.size() ? target.substr(mark + 1) : std::string_view());
  if (!decoded || raw.empty() || raw[0] != '/') return std::nullopt;
  Page page{request, searcher, {}, Reading::en, *decoded, "", "", false, {}};
  if (const auto* given = std::get_if<Parameters>(&parsed)) page.given = *given;
  // A symbol may bring slashes of its own, encoded: those are no steps of the address.
  for (size_t steps = static_cast<size_t>(std::count(raw.begin() + 1, raw.end(), '/')); steps > 0; --steps) page.base += "../";
  page.root = page.base;
  bool zh = prefers_chinese(request.accept_language);
  if (const auto kept = cookie(request.cookie, kLanguageCookie); kept == "zh" || kept == "en") zh = kept == "zh";
  for (const bool chinese : {false, true}) {
    const std::string_view prefix = chinese ? "/zh/" : "/en/";
    if (!page.path.starts_with(prefix)) continue;
    page.path.erase(0, 3);
    page.root = page.base.substr(std::min<size_t>(3, page.base.size()));
    page.explicit_language = true;
    zh = chinese;
    break;
  }
  if (page.base.empty()) page.base = "./";
  page.say = Words{zh};
  page.reading = zh ? Reading::zh : Reading::en;
  if (const auto kept = parse_reading(cookie(request.cookie, kTextCookie))) page.reading = *kept;
  if (const auto asked = parse_reading(page.value("text"))) page.reading = *asked;
  return page;
}

Response print_page(const Page& page, const Shown& shown) {
  const auto& say = page.say;
  Html body;
  body += element("a", {{"class", "skip"}, {"href", std::string_view(shown.view) == "search" ? "#results" : "#main"}, {"id", "skip"}},
                  say(std::string_view(shown.view) == "search" ? Word("skip-results") : Word("skip")));
  Html links;
  for (const auto& [place, word, view] : {WordRow{"browse", Word("browse"), "browse"}, WordRow{"agreed-language", Word("agreed-language"), "draft"}})
    links += element("a", {{"href", page.to(place)}, {"aria-current", std::string_view(shown.view) == view ? "page" : "false"}}, say(word));
  body += element("header", {{"class", "top"}},
                  element("a", {{"class", "brand"}, {"href", page.to("")}},
                          element("img", {{"src", page.base + asset_folder() + "favicon.svg"}, {"alt", ""}, {"width", "30"}, {"height", "30"}}),
                          element("span", {{"lang", "en"}}, "Resolute")),
                  shown.searchable ? search_form(page, false) : Html(), element("nav", {{"class", "places"}, {"aria-label", say("places")}}, links),
                  language_links(page));
  body += element("p", {{"class", "vh"}, {"id", "live"}, {"role", "status"}}, "");
  body += element("main", {{"id", "main"}, {"tabindex", "-1"}}, shown.main);
  const auto foot_link = [&](const char* place, Word word) { return element("a", {{"href", page.to(place)}}, say(word)); };
  body += element("footer", {{"class", "foot"}}, element("p", {}, say("unofficial")),
                  element("p", {}, foot_link("help", "help"), " · ", foot_link("about", "about"), " · ",
                          element("a", {{"href", page.base + "openapi.json"}}, "API"), element("span", {{"class", "key-hint"}}, " · ", say("key-hint"))));
  const auto document = element(
      "html", {{"lang", page.zh() ? "zh-Hans" : "en"}}, element("head", {}, head(page, shown)),
      element("body",
              {{"data-view", shown.view}, {"data-root", page.root.empty() ? "./" : page.root}, {"data-base", page.base}, {"data-words", script_words(say)}},
              body));
  Response r{shown.status, "text/html; charset=utf-8", {}, "<!doctype html>\n" + document.markup()};
  const std::string etag = "W/\"" + std::to_string(checksum(r.body)) + "\"";
  r.headers.emplace_back("ETag", etag);
  r.headers.emplace_back("Content-Language", page.zh() ? "zh-Hans" : "en");
  r.headers.emplace_back("Vary", "Accept-Language, Cookie");
  r.headers.emplace_back("Cache-Control", "private, no-cache");
  r.headers.emplace_back("Content-Security-Policy", kPagePolicy);
  r.headers.emplace_back("Cross-Origin-Opener-Policy", "same-origin");
  r.headers.emplace_back("Permissions-Policy", "camera=(), geolocation=(), microphone=()");
  const auto keep = [&](std::string_view name, std::string_view v) {
    r.headers.emplace_back("Set-Cookie", std::string(name) + "=" + std::string(v) + "; Path=/; Max-Age=31536000; SameSite=Lax");
  };
  if (const auto asked = parse_reading(page.value("text")); asked && cookie(page.request.cookie, kTextCookie) != print_reading(*asked))
    keep(kTextCookie, print_reading(*asked));
  if (const char* v = page.zh() ? "zh" : "en"; page.explicit_language && cookie(page.request.cookie, kLanguageCookie) != v) keep(kLanguageCookie, v);
  if (r.status == 200 && matches_etag(page.request.if_none_match, etag)) {
    r.status = 304;
    r.body.clear();
  }
  return r;
}

Response redirect(const Page&, const std::string& to, int status) {
  return {status,
          "text/html; charset=utf-8",
          {{"Location", to}, {"Cache-Control", "private, no-cache"}, {"Vary", "Accept-Language, Cookie"}},
          element("a", {{"href", to}}, to).markup()};
}

const char* language_tag(Language lang) { return lang == Language::zh ? "zh-Hans" : "en"; }

const char* language_tag_of(std::string_view text) {
  for (size_t i = 0; i < text.size(); ++i)
    if (const auto c = static_cast<unsigned char>(text[i]); c >= 0xE4 && c <= 0xE9) return "zh-Hans";
  return "en";
}

std::string print_day(std::string_view iso, bool zh) {
  if (!parse_date(iso)) return std::string(iso);
  const auto year = std::string(iso.substr(0, 4));
  const int month = std::stoi(std::string(iso.substr(5, 2))), day = std::stoi(std::string(iso.substr(8, 2)));
  if (zh) return year + "年" + std::to_string(month) + "月" + std::to_string(day) + "日";
  return std::to_string(day) + " " + std::string(kMonths[static_cast<size_t>(month - 1)]) + " " + year;
}

std::string print_number(uint64_t n) {
  std::string out = std::to_string(n);
  for (size_t at = out.size(); at > 3; at -= 3) out.insert(at - 3, ",");
  return out;
}

std::string print_session(std::string_view session, std::string_view body, bool zh) {
  const bool emergency = session.starts_with("ES-"), special = !emergency && session.starts_with("S-");
  const auto n = small_number(session.substr(emergency ? 3 : special ? 2 : 0));
  if (!n) return std::string(session);
  if (body == "ECOSOC" || *n >= 1000) return zh ? std::string(session) + "年会议" : std::string(session) + " session";
  if (zh) return "第" + print_han(*n) + "届" + (emergency ? "紧急特别" : special ? "特别" : "") + "会议";
  return ordinal(*n) + (emergency ? " emergency special" : special ? " special" : "") + " session";
}

std::string print_count(const Words& say, uint64_t n, Word one, Word many) { return say(n == 1 ? one : many, {print_number(n)}); }

std::string value_label(Field field, std::string_view value, bool zh) {
  if (field == Field::voter) {
    const size_t colon = std::min(value.find(':'), value.size());
    const auto* state = state_of(value.substr(0, colon));
    const auto how = colon < value.size() ? value.substr(colon + 1) : std::string_view();
    const Words say{zh};
    const std::string name = state ? zh ? state->zh : state->en : std::string(value.substr(0, colon));
    const auto said = how == "yes" ? say("vote-yes") : how == "no" ? say("vote-no") : how == "abstain" ? say("vote-abstain") : std::string_view();
    return said.empty() ? name : name + (zh ? "：" : ": ") + std::string(said);
  }
  if (field == Field::subject) return clean_subject(value);
  if (field == Field::session) return print_session(value, "", zh);
  if (field == Field::type && value == "publication") return std::string(Words{zh}("cover-page"));
  return label(field, value, zh);
}

std::string work_name(const std::string& symbol, bool zh) {
  struct Series {
    std::string_view prefix;
    const char *en, *zh, *suffix;
  };
  static constexpr std::array<Series, 7> kSeries = {{{"A/RES/", "General Assembly resolution ", "大会第", "号决议"},
                                                     {"A/DEC/", "General Assembly decision ", "大会第", "号决定"},
                                                     {"S/RES/", "Security Council resolution ", "安全理事会第", "号决议"},
                                                     {"E/RES/", "Economic and Social Council resolution ", "经济及社会理事会第", "号决议"},
                                                     {"E/DEC/", "Economic and Social Council decision ", "经济及社会理事会第", "号决定"},
                                                     {"A/HRC/RES/", "Human Rights Council resolution ", "人权理事会第", "号决议"},
                                                     {"A/HRC/DEC/", "Human Rights Council decision ", "人权理事会第", "号决定"}}};
  for (const auto& s : kSeries) {
    if (!symbol.starts_with(s.prefix)) continue;
    std::string number = symbol.substr(s.prefix.size());
    if (zh) return s.zh + number + s.suffix;
    if (const size_t open = number.find('('); open != std::string::npos && open > 0) number.insert(open, " ");
    return s.en + number;
  }
  if (symbol.starts_with("S/PRST/")) return (zh ? "安全理事会主席声明" : "Statement by the President of the Security Council ") + symbol;
  return symbol;
}

Headline headline(const search::Searcher& searcher, const std::string& symbol, Language lang) {
  const auto& g = searcher.generation();
  const Language other = other_language(lang);
  for (const Language l : {lang, other})
    if (const auto at = g.find(symbol, l))
      if (const auto title = g.segment(*at).title(at->document); !title.empty()) return {std::string(title), language_tag(l)};
  Headline out{work_name(symbol, lang == Language::zh), language_tag(lang)};
  for (const auto& at : g.find(symbol)) {
    const auto& column = g.segment(at).column(Field::subject);
    std::string subjects;
    size_t n = 0;
    for (const uint32_t id : column.of(at.document)) {
      const std::string subject = value_label(Field::subject, column.values()[id], lang == Language::zh);
      // "UN" alone says nothing.
      if (subject.size() > 3 && n++ < 2) subjects += (subjects.empty() ? "" : lang == Language::zh ? "；" : "; ") + subject;
    }
    if (!subjects.empty()) {
      out.subjects = subjects;
      break;
    }
  }
  return out;
}

Html subject_line(const Page& page, const Headline& title) {
  return title.subjects.empty() ? Html() : element("span", {{"class", "subjects muted"}}, " ", page.say("about-subjects", {title.subjects}));
}

Html document_line(const Page& page, const std::string& symbol) {
  const auto& g = page.searcher->generation();
  auto at = g.find(symbol, page.lang());
  if (!at) at = page.searcher->find(symbol, std::nullopt);
  if (!at) return {};
  const auto& segment = g.segment(*at);
  Html out;
  const auto add = [&](const Html& part) {
    if (part.empty()) return;
    out += element("span", {}, part);
  };
  if (const auto day = print_date(g.date(*at)); !day.empty()) add(element("time", {{"datetime", day}}, print_day(day, page.zh())));
  if (const auto committee = segment.value(Field::committee, at->document); !committee.empty()) add(value_label(Field::committee, committee, page.zh()));
  if (const auto vote = segment.value(Field::vote, at->document); !vote.empty()) {
    const auto figures = vote == "recorded" ? print_votes(segment.record(at->document).vote) : "";
    add(value_label(Field::vote, vote, page.zh()) + (figures.empty() ? "" : page.zh() ? "（" + figures + "）" : " (" + figures + ")"));
  }
  if (const uint32_t n = g.standing(*at).cited_by; n > 0) add(page.say("cited-by-n", {print_number(n)}));
  return out;
}

Html reading_switch(const Page& page) {
  Html links;
  for (const auto& [reading, word, lang] :
       {WordRow{Reading::en, Word("english"), "en"}, WordRow{Reading::zh, Word("chinese"), "zh-Hans"}, WordRow{Reading::both, Word("both"), ""}})
    links += element("a",
                     {{"href", page.here({{"text", print_reading(reading)}})},
                      {"aria-current", reading == page.reading ? "true" : "false"},
                      {"data-reading", print_reading(reading)}},
                     page.say(word));
  return element("nav", {{"class", "segmented reading"}, {"aria-label", page.say("text-language")}}, links);
}

}  // namespace resolute::http
