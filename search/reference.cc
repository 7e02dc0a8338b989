#include "search/reference.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "schemas/ascii.h"
#include "schemas/numerals.h"
#include "schemas/symbol.h"
#include "text/citation.h"
#include "text/line.h"
#include "text/normalize.h"
#include "text/scan.h"

namespace resolute::search {
namespace {

constexpr size_t kLongest = 400;

void replace_all(std::string& s, std::string_view from, std::string_view to) {
  for (size_t at = 0; (at = s.find(from, at)) != std::string::npos; at += to.size()) s.replace(at, from.size(), to);
}

std::string unescape(std::string_view s) {
  const auto hex = [](char c) { return is_digit(c) ? c - '0' : (c | 0x20) >= 'a' && (c | 0x20) <= 'f' ? (c | 0x20) - 'a' + 10 : -1; };
  std::string out;
  for (size_t i = 0; i < s.size(); ++i) {
    const int a = s[i] == '%' && i + 2 < s.size() ? hex(s[i + 1]) : -1, b = a < 0 ? -1 : hex(s[i + 2]);
    if (b < 0) {
      out += s[i];
    } else {
      out += static_cast<char>(a * 16 + b);
      i += 2;
    }
  }
  return out;
}

// The symbol of a link, else empty.
std::string of_link(std::string_view s) {
  size_t host = s.find("://");
  host = host == std::string_view::npos ? 0 : host + 3;
  const std::string low = lowered(s);
  const size_t slash = s.find('/', host);
  if (slash == std::string_view::npos || s.find(' ') != std::string_view::npos) return "";
  if (low.substr(0, slash).find("un.org") == std::string::npos && low.substr(0, slash).find("undocs.org") == std::string::npos) return "";
  for (const std::string_view parameter : {"finalsymbol=", "symbol=", "ds=", "?s=", "&s="})
    if (const size_t at = low.find(parameter); at != std::string::npos) {
      const size_t from = at + parameter.size();
      return unescape(s.substr(from, std::min(s.find_first_of("&#", from), s.size()) - from));
    }
  std::string path = unescape(s.substr(slash + 1, std::min(s.find_first_of("?#", slash), s.size()) - slash - 1));
  for (const std::string_view lead : {"en/", "zh/", "ch/", "fr/", "es/", "ru/", "ar/", "e/", "c/"})
    if (lowered(path).starts_with(lead) && path.size() > lead.size() + 3 && (lead.size() > 2 || is_alpha(path[lead.size()]))) {
      if (const auto symbol = parse_symbol(path.substr(lead.size()))) path.erase(0, lead.size());
      break;
    }
  while (path.ends_with('/')) path.pop_back();
  return path;
}

// "A_RES_75_1.pdf", "A-RES-75-1_EN.docx", "S_RES_1325(2000)-EN.pdf": the symbol that the name of a file has, else empty.
std::string of_file(std::string_view s) {
  if (const size_t folder = s.find_last_of('\\'); folder != std::string_view::npos) s.remove_prefix(folder + 1);
  const size_t dot = s.rfind('.');
  if (dot != std::string_view::npos && s.size() - dot <= 5 && !is_digit(s[s.size() - 1])) s = s.substr(0, dot);
  if (s.find(' ') != std::string_view::npos || s.find('/') != std::string_view::npos) return "";
  std::string name(s);
  for (const std::string_view tail : {"_en", "-en", "_zh", "-zh", "_ch", "-ch", "_e", "-e", "_c", "-c"})
    if (lowered(name).ends_with(tail)) {
      name.resize(name.size() - tail.size());
      break;
    }
  for (const char by : {'_', '-', '.'}) {
    std::string symbol = name;
    std::replace(symbol.begin(), symbol.end(), by, '/');
    replace_all(symbol, "/(", "(");
    for (const auto& [from, to] : {std::pair<std::string_view, std::string_view>{"/ES/", "/ES-"}, {"/S/", "/S-"}, {"/es/", "/es-"}})
      if (const size_t at = symbol.find(from); at != std::string::npos) symbol.replace(at, from.size(), to);
    const std::string low = lowered(symbol);
    if ((low.starts_with("a/") || low.starts_with("s/") || low.starts_with("e/")) && parse_symbol(symbol)) return symbol;
  }
  return "";
}

std::string without_marks(std::string s) {
  static constexpr std::string_view kOuter[] = {" ", "(", ")", "[", "]", "<", ">", "《", "》", "【", "】", ",", ";", "。"};
  for (bool more = true; more;) {
    more = false;
    for (const auto mark : kOuter) {
      if (s.starts_with(mark)) s.erase(0, mark.size()), more = true;
      // The parenthesis of a year or a session belongs to the symbol.
      const bool own = mark == ")" && s.find('(') != std::string::npos;
      if (!own && s.ends_with(mark)) s.resize(s.size() - mark.size()), more = true;
    }
    while (s.ends_with('.') || s.ends_with(':') || s.ends_with('?')) s.pop_back(), more = true;
  }
  return s;
}

// A paragraph named in [at, end) of the text.
struct Place {
  size_t begin = 0, end = 0;
  std::string fragment;
  std::string last = {};  // of a range
};

// Where a range goes on after its first number, "-7", " to 7", 至7: the digits of its last one; else empty, and `at` stays.
std::string range_end(std::string_view s, size_t& at) {
  const size_t begin = text::skip_spaces(s, at);
  for (const std::string_view joint : {"-", "–", "—", "‑", "~", "～", "to ", "至", "到"}) {
    if (!text::is_at(s, begin, joint)) continue;
    const size_t n = text::skip_spaces(s, begin + joint.size()), end = text::skip_digits(s, n);
    if (end == n || end - n > 3) return {};
    at = end;
    return std::string(s.substr(n, end - n));
  }
  return {};
}

// "para. 5", "op 5", "paragraph 5(a)", "annex", "第5段", 序言部分第3段, 附件: the first in the text.
Place find_place(std::string_view s) {
  struct Word {
    std::string_view text;
    std::string_view kind;
  };
  static constexpr Word kWords[] = {{"operative paragraph", "op"},
                                    {"preambular paragraph", "pp"},
                                    {"paragraphs", "op"},
                                    {"paragraph", "op"},
                                    {"paras.", "op"},
                                    {"paras", "op"},
                                    {"para.", "op"},
                                    {"para", "op"},
                                    {"opara", "op"},
                                    {"op.", "op"},
                                    {"op", "op"},
                                    {"pp.", "pp"},
                                    {"pp", "pp"},
                                    {"¶", "op"},
                                    {"§", "op"}};
  const std::string low = lowered(s);
  for (size_t i = 0; i < s.size(); ++i) {
    if (i == 0 || !is_alnum(s[i - 1]))
      for (const auto& w : kWords) {
        if (!text::is_at(low, i, w.text)) continue;
        const size_t n = text::skip_spaces(s, i + w.text.size()), end = text::skip_digits(s, n);
        if (end == n || end - n > 3 || (end < s.size() && (s[end] == '/' || is_alpha(s[end])))) continue;
        Place out{i, end, std::string(w.kind) + std::string(s.substr(n, end - n))};
        // "5 (a)", "5(a)"
        const size_t open = text::skip_spaces(s, end);
        if (open + 2 < s.size() && s[open] == '(' && is_lower(s[open + 1]) && s[open + 2] == ')')
          out.end = open + 3, out.fragment += std::string(".") + s[open + 1];
        else if (const auto last = range_end(s, out.end); !last.empty())
          out.last = std::string(w.kind) + last;
        return out;
      }
    if (text::is_at(s, i, "第")) {
      const size_t n = text::skip_spaces(s, i + 3), end = text::skip_digits(s, n);
      size_t after = end;
      const auto last = range_end(s, after);
      const size_t unit = text::skip_spaces(s, after);
      if (end == n || end - n > 3 || !(text::is_at(s, unit, "段") || text::is_at(s, unit, "执行段"))) continue;
      size_t begin = i;
      std::string kind = "op";
      for (const auto& [lead, is] : {std::pair<std::string_view, std::string_view>{"序言部分", "pp"}, {"序言", "pp"}, {"执行部分", "op"}, {"执行", "op"}})
        if (s.substr(0, i).ends_with(lead)) {
          kind = is;
          begin = i - lead.size();
          break;
        }
      return {begin, unit + (text::is_at(s, unit, "段") ? 3 : 9), kind + std::string(s.substr(n, end - n)), last.empty() ? "" : kind + last};
    }
  }
  return {};
}

// Whether what stands beside a reference says nothing but whose it is, of when, in what.
bool says_nothing(std::string s) {
  s = lowered(s);
  static constexpr std::string_view kHan[] = {
      "附件一",     "附件二", "附件三", "附件四", "附件五",   "联合国", "联大", "大会", "安全理事会", "安理会",   "人权理事会", "经济及社会理事会",
      "经社理事会", "理事会", "决议",   "决定",   "主席声明", "文件",   "参见", "见",   "通过",       "年",       "月",         "日",
      "第",         "号",     "的",     "其",     "于",       "中",     "段",   "附件", "执行部分",   "序言部分", "和",         "在",
      "或",         "及",     "与",     "至",     "以"};
  for (const auto word : kHan) replace_all(s, word, " ");
  static constexpr std::string_view kWords[] = {
      "un",        "united",     "nations",   "doc",          "docs",        "document", "documents", "general", "assembly", "security",  "council",
      "human",     "rights",     "economic",  "and",          "social",      "ga",       "sc",        "hrc",     "unga",     "unsc",      "unhrc",
      "ecosoc",    "u",          "n",         "resolution",   "resolutions", "decision", "decisions", "res",     "dec",      "no",        "nos",
      "number",    "see",        "cf",        "also",         "e",           "g",        "of",        "the",     "in",       "its",       "on",
      "dated",     "adopted",    "adoptedon", "january",      "february",    "march",    "april",     "may",     "june",     "july",      "august",
      "september", "october",    "november",  "december",     "jan",         "feb",      "mar",       "apr",     "jun",      "jul",       "aug",
      "sep",       "sept",       "oct",       "nov",          "dec",         "st",       "nd",        "rd",      "th",       "or",        "to",
      "as",        "well",       "symbol",    "ref",          "reference",   "annex",    "annexes",   "para",    "paras",    "paragraph", "paragraphs",
      "operative", "preambular", "statement", "presidential", "i",           "ii",       "iii",       "iv",      "v"};
  for (size_t i = 0; i < s.size();) {
    if (static_cast<unsigned char>(s[i]) >= 0x80) {
      size_t next = i;
      const char32_t c = text::next_code_point(s, next);
      if (text::is_han(c) || text::is_word(c)) return false;
      i = next;
      continue;
    }
    size_t end = i;
    while (end < s.size() && is_alpha(s[end])) ++end;
    if (end > i && std::find(std::begin(kWords), std::end(kWords), s.substr(i, end - i)) == std::end(kWords)) return false;
    if (end == i && is_digit(s[i])) {
      end = text::skip_digits(s, i);
      if (end - i > 4) return false;
    }
    i = std::max(end, i + 1);
  }
  return true;
}

// Whether a number after the name of an organ, with no word between, is a resolution's: "75/1", "S-32/1", "1373 (2001)"; of the Council also
// "1373", but not what may be a year.
bool numbers_a_resolution(std::string_view s, bool council) {
  if (s.starts_with("S-") || s.starts_with("ES-")) s.remove_prefix(s.find('-') + 1);
  const size_t end = text::skip_digits(s, 0);
  if (end == 0) return false;
  const size_t next = text::skip_spaces(s, end);
  if (next < s.size()) return s[next] == '/' || s[next] == '(' || is_upper(s[next]);
  const int number = std::stoi(std::string(s.substr(0, std::min<size_t>(end, 6))));
  return council && (number < 1945 || number > 2100);
}

// Small letters and abbreviations as the finder of citations knows them: "res 1373" -> "resolution 1373".
std::string spelled_out(const std::string& s) {
  std::string low = lowered(s);
  std::string out = s;
  struct Short {
    std::string_view from, to;
  };
  for (const auto& [from, to] : {Short{"unscrs ", "Security Council resolutions "},
                                 {"unscr ", "Security Council resolution "},
                                 {"unscr", "Security Council resolution "},
                                 {"scr ", "Security Council resolution "},
                                 {"unsc ", "Security Council "},
                                 {"unga ", "General Assembly "},
                                 {"unhrc ", "Human Rights Council "},
                                 {"hrc ", "Human Rights Council "},
                                 {"ga ", "General Assembly "},
                                 {"sc ", "Security Council "},
                                 {"ecosoc ", "Economic and Social Council "},
                                 {"g.a. ", "General Assembly "},
                                 {"s.c. ", "Security Council "},
                                 {"u.n. ", ""},
                                 {"security council ", "Security Council "},
                                 {"general assembly ", "General Assembly "},
                                 {"human rights council ", "Human Rights Council "},
                                 {"economic and social council ", "Economic and Social Council "}})
    if (low.starts_with(from)) {
      out = std::string(to) + out.substr(from.size());
      break;
    }
  // "UNGA 75/1", "Security Council 1373": the word between is left out.
  for (const std::string_view organ : {"General Assembly ", "Security Council ", "Human Rights Council ", "Economic and Social Council "})
    if (out.starts_with(organ) && numbers_a_resolution(std::string_view(out).substr(organ.size()), organ[0] == 'S')) out.insert(organ.size(), "resolution ");
  low = lowered(out);
  // "res75/1"
  for (const std::string_view word : {"resolution", "res"})
    if (low.starts_with(word) && low.size() > word.size() && is_digit(low[word.size()])) {
      out = "resolution " + out.substr(word.size());
      low = lowered(out);
    }
  for (const std::string_view word : {"resolutions ", "resolution ", "decisions ", "decision ", "resol. ", "resol ", "reso. ", "reso ", "resn. ", "resn ",
                                      "res. ", "res.", "res ", "dec. ", "dec "})
    for (size_t at = low.find(word); at != std::string::npos; at = low.find(word, at + 1)) {
      if (at > 0 && (is_alnum(low[at - 1]) || low[at - 1] == '/')) continue;
      std::string plain(word);
      if (word.starts_with("res") && !word.starts_with("resolution")) plain = "resolution ";
      if (word.starts_with("dec") && !word.starts_with("deci")) plain = "decision ";
      out.replace(at, word.size(), plain);
      low = lowered(out);
      break;
    }
  return out;
}

// Numbers of documents and paragraphs in figures: 第一三二五号, 第二四二(一九六七)号, 第七十九/一号, 第五段.
std::string in_figures(const std::string& s) {
  static constexpr std::array<std::string_view, 11> kDigits = {"〇", "一", "二", "三", "四", "五", "六", "七", "八", "九", "零"};
  const auto digit_at = [&](size_t at) {
    for (size_t d = 0; d < kDigits.size(); ++d)
      if (text::is_at(s, at, kDigits[d])) return static_cast<int>(d % 10);
    return -1;
  };
  std::string out;
  for (size_t i = 0; i < s.size();) {
    const size_t begin = i;
    std::string digits;
    bool units = false;
    for (; i < s.size(); i += 3) {
      const int d = digit_at(i);
      if (d < 0 && !text::is_at(s, i, "十") && !text::is_at(s, i, "百")) break;
      if (d < 0)
        units = true;
      else
        digits += static_cast<char>('0' + d);
    }
    if (i == begin) {
      out += s[i++];
      continue;
    }
    // Only after 第, a parenthesis or a slash: 一 is a word, too.
    const bool number = out.ends_with("第") || out.ends_with('(') || out.ends_with('/') || out.ends_with("、");
    const auto value = parse_han(std::string_view(s).substr(begin, i - begin));
    if (number && (!units || value))
      out += units ? std::to_string(*value) : digits;
    else
      out += s.substr(begin, i - begin);
  }
  return out;
}

// Ways that serials and tables write symbols: "UNGA/RES/75/1", "SC/RES/1325", "GA75/1", "resolution n° 75/1".
std::string as_symbol(std::string s) {
  replace_all(s, "n° ", "No. ");
  replace_all(s, "nº ", "No. ");
  struct Written {
    std::string_view organ, symbol;
  };
  const std::string low = lowered(s);
  for (const auto& [organ, symbol] : {Written{"un/ga/", "A/"},
                                      {"unga/", "A/"},
                                      {"ga/", "A/"},
                                      {"un/sc/", "S/"},
                                      {"unsc/", "S/"},
                                      {"sc/", "S/"},
                                      {"unhrc/", "A/HRC/"},
                                      {"hrc/", "A/HRC/"},
                                      {"ecosoc/", "E/"}})
    if (low.starts_with(organ) && (low.compare(organ.size(), 4, "res/") == 0 || low.compare(organ.size(), 4, "dec/") == 0))
      return std::string(symbol) + s.substr(organ.size());
  for (const std::string_view organ : {"unga", "ga", "unsc", "sc", "unhrc", "hrc"})
    if (low.starts_with(organ) && low.size() > organ.size() && is_digit(low[organ.size()])) return s.insert(organ.size(), " ");
  return s;
}

// "大会决议75/1", "安理会决定1373", 人权理事会59/25: the number in front of the word, as it is written else; the text itself where it is none of these.
std::string turned_round(const std::string& s) {
  static constexpr std::string_view kOrgans[] = {"联合国", "大会", "联大", "安全理事会", "安理会", "人权理事会", "经济及社会理事会", "经社理事会"};
  size_t at = 0;
  for (bool more = true; more;) {
    more = false;
    for (const auto organ : kOrgans)
      if (text::is_at(s, at, organ)) at = text::skip_spaces(s, at + organ.size()), more = true;
  }
  const bool decision = text::is_at(s, at, "决定"), named = decision || text::is_at(s, at, "决议");
  const size_t number = text::skip_spaces(s, named ? at + 6 : at);
  if (number == 0) return s;
  std::string rest = s.substr(number);
  if (rest.ends_with("号")) rest.resize(rest.size() - 3);
  const bool council = text::is_at(s, 0, "安") || text::is_at(s, 0, "联合国安");
  if (rest.empty() || !(is_digit(rest[0]) || is_upper(rest[0])) || (!named && !numbers_a_resolution(rest, council)) ||
      std::any_of(rest.begin(), rest.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
    return s;
  return s.substr(0, at) + "第" + rest + (decision ? "号决定" : "号决议");
}

Body home_of(const std::string& s) {
  if (s.find("Human Rights Council") != std::string::npos || s.find("人权理事会") != std::string::npos) return Body::hrc;
  return Body::ga;
}

// The citations that a text is, with nothing of weight beside them; false where it is more.
bool read_citations(const std::string& text, Reference& out, bool numbers_alone = false) {
  std::vector<text::Mention> others;
  const auto found = text::find_citations(text, home_of(text), &others);
  struct Part {
    Span span;
    std::string symbol, number;
  };
  std::vector<Part> parts;
  for (const auto& c : found) parts.push_back({c.span, c.symbol, ""});
  for (const auto& m : others) {
    const bool council = m.likely.starts_with("S/RES/");
    const std::string number = council ? m.likely.substr(6) : m.number;
    if (number.empty() && m.likely.empty()) return false;
    parts.push_back({m.span, number.empty() ? m.likely : "", number});
  }
  if (parts.empty()) return false;
  std::sort(parts.begin(), parts.end(), [](const Part& a, const Part& b) { return a.span.begin < b.span.begin; });
  std::string beside;
  size_t at = 0;
  for (const auto& p : parts) {
    if (p.span.begin > at) beside += text.substr(at, p.span.begin - at) + " ";
    at = std::max<size_t>(at, p.span.end);
  }
  beside += text.substr(at);
  if (!says_nothing(beside)) return false;
  // "12 October 2018" is no resolution 12; 24/7 is one only where it is called so.
  if (numbers_alone && found.empty() && !std::all_of(text.begin() + static_cast<long>(text.find(' ')) + 1, text.end(), is_digit)) return false;
  if (found.empty() && std::any_of(beside.begin(), beside.end(), is_digit)) {
    // "安理会2000年第1325号决议", "第1325号决议（2000年）"
    const size_t year = beside.find_first_of("0123456789"), end = text::skip_digits(beside, year);
    if (parts.size() != 1 || parts[0].number.empty() || end - year != 4 || beside.find_first_of("0123456789", end) != std::string::npos ||
        !text::is_at(beside, end, "年"))
      return false;
    out.symbols.push_back("S/RES/" + parts[0].number + "(" + beside.substr(year, 4) + ")");
    return true;
  }
  for (const auto& p : parts) {
    if (!p.symbol.empty())
      out.symbols.push_back(p.symbol);
    else if (parts.size() == 1)
      out.council_number = p.number;
    else
      out.symbols.push_back("S/RES/" + p.number);
  }
  return true;
}

}  // namespace

Reference read_reference(std::string_view given) {
  Reference out;
  if (given.size() > kLongest || given.find('"') != std::string_view::npos || given.find("“") != std::string_view::npos ||
      given.find("＂") != std::string_view::npos)
    return out;  // a quote is exact
  std::string text = as_symbol(in_figures(without_marks(text::simplify(text::tidy(ascii_fold(given))))));
  if (text.empty() || std::none_of(text.begin(), text.end(), is_digit)) return out;
  if (const size_t hash = text.find_first_of("#@"); hash != std::string::npos && text.find("://") == std::string::npos && parse_symbol(text.substr(0, hash))) {
    if (const size_t at = text.find('#'); at != std::string::npos) out.fragment = text.substr(at + 1);
    text.resize(hash);
  }
  if (const auto link = of_link(text); !link.empty())
    text = link;
  else if (const auto file = of_file(text); !file.empty())
    text = file;
  else if (text.find('%') != std::string::npos)
    text = unescape(text);
  const auto whole = [&](std::string s) {
    // "A/RES/75/1 (2020)": the year is said beside. Only the Council's numbers have it in them.
    const bool dated = s.size() > 7 && s.ends_with(')') && s[s.size() - 6] == '(' && std::all_of(s.end() - 5, s.end() - 1, is_digit);
    if (dated && (s[0] | 0x20) != 's' && s.find('/') != std::string::npos) s = std::string(trimmed(s.substr(0, s.size() - 6)));
    // A list is none: "A/RES/75/1 and A/RES/75/2".
    for (const std::string_view join : {" and ", "和", "及"})
      if (s.find(join) != std::string::npos && s.find('/', s.find(join)) != std::string::npos) return false;
    const auto symbol = parse_symbol(s);
    if (symbol) out.symbols.push_back(symbol->text());
    return symbol.has_value();
  };
  if (whole(text)) return out;
  if (Place place = find_place(text); place.end > 0) {
    // "annex I, para. 4": a paragraph of an annex has the kind in its name.
    if (const auto low = lowered(text.substr(0, place.begin)); low.find("annex") != std::string::npos || low.find("附件") != std::string::npos)
      for (auto* name : {&place.fragment, &place.last})
        if (name->starts_with("op")) name->replace(0, 2, "an");
    text = without_marks(text.substr(0, place.begin) + " " + text.substr(place.end));
    for (const std::string_view lead : {"of ", "in "})
      if (text.starts_with(lead)) text.erase(0, lead.size());
    text = text::tidy(text);
    out.fragment = place.fragment;
    out.last_fragment = place.last;
    if (whole(without_marks(text))) return out;
  }
  text = without_marks(text::tidy(text));
  const std::string plain = spelled_out(spelled_out(text));
  if (read_citations(plain, out)) return out;
  if (const auto turned = turned_round(text); turned != text && read_citations(turned, out)) return out;
  // The number alone: "75/1", "1373 (2001)", "75/1, 75/2", with 号决议 or without.
  if (!text.empty() && (is_digit(text[0]) || text.starts_with("S-") || text.starts_with("ES-") || text.starts_with("s-") || text.starts_with("es-"))) {
    std::string upper = text;
    if (!is_digit(upper[0]))
      for (char& c : upper) c = is_lower(c) ? static_cast<char>(c - 32) : c;
    else if (const size_t paren = upper.find('('); paren != std::string::npos || is_lower(upper.back()))
      for (char& c : upper) c = is_lower(c) ? static_cast<char>(c - 32) : c;
    if (read_citations("resolutions " + upper, out, true)) return out;
    if (upper.ends_with("号") && read_citations("第" + upper + "决议", out)) return out;
  }
  for (const std::string_view tail : {"号", ""})
    if (text.starts_with("第") && text.ends_with(tail) && read_citations(text + (tail.empty() ? "号决议" : "决议"), out)) return out;
  out.fragment.clear();
  out.last_fragment.clear();
  return out;
}

}  // namespace resolute::search
