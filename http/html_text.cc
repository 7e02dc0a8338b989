#include "http/html_text.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdlib>
#include <set>

#include "http/cite.h"
#include "http/html_notices.h"
#include "schemas/action.h"
#include "schemas/ascii.h"
#include "search/query.h"

namespace resolute::http {
namespace {

constexpr size_t kOpeningWithin = 60;  // bytes from the beginning within which an opening action stands
constexpr uint8_t kSure = 70;          // percent of confidence below which a counterpart is called uncertain

// How far the opening words of a paragraph reach, in bytes: "Recalling also", 表示感谢; 0 where none are
// known.
size_t opening(const Paragraph& p, std::string_view text, Language lang) {
  if (p.kind != ParagraphKind::preambular && p.kind != ParagraphKind::operative) return 0;
  const Action* action = action_of(p.action);
  if (!action) return 0;
  const bool zh = lang == Language::zh;
  const std::string head = lowered(text.substr(0, 2 * kOpeningWithin));
  std::string_view forms = zh ? action->zh_forms : action->en_forms;
  size_t best = 0;
  while (!forms.empty()) {
    const size_t bar = std::min(forms.find('|'), forms.size());
    const auto form = forms.substr(0, bar);
    forms.remove_prefix(std::min(bar + 1, forms.size()));
    const size_t at = head.find(form);
    if (form.empty() || at == std::string::npos || at > kOpeningWithin) continue;
    const size_t end = at + form.size();
    // A word's beginning is no word.
    if (!zh && end < head.size() && head[end] >= 'a' && head[end] <= 'z') continue;
    best = std::max(best, end);
  }
  if (best == 0 || best > text.size()) return 0;
  static constexpr std::array<std::string_view, 8> kMore = {
      " also", " further", " again", " once again", " with appreciation", " with concern", " with deep concern", " with satisfaction"};
  for (const auto more : kMore)
    if (!zh && std::string_view(head).substr(best).starts_with(more)) return best + more.size();
  return best;
}

size_t depth_of(std::string_view fragment) { return std::min<size_t>(3, static_cast<size_t>(std::count(fragment.begin(), fragment.end(), '.'))); }

// "25(a)(ii)" -> "(ii)", "3" -> "3.".
std::string printed_number(const std::string& number) {
  if (number.empty()) return {};
  if (const size_t open = number.rfind('('); open != std::string::npos && number.back() == ')') return number.substr(open);
  return number + ".";
}

std::vector<std::string> cells(const std::string& row) {
  std::vector<std::string> out;
  for (size_t at = 0; at <= row.size();) {
    const size_t end = std::min(row.find('|', at), row.size());
    out.emplace_back(trimmed(std::string_view(row).substr(at, end - at)));
    at = end + 1;
  }
  return out;
}

bool is_figure(std::string_view cell) {
  return !cell.empty() && cell.size() < 20 && std::all_of(cell.begin(), cell.end(), [](unsigned char c) {
    return (c >= '0' && c <= '9') || c == ' ' || c == ',' || c == '.' || c == '(' || c == ')' || c == '-' || c == '%' || c >= 0x80;
  }) && cell.find_first_of("0123456789") != std::string_view::npos;
}

// Rows of cells as a table; a row of one cell spans all.
Html print_table(const std::vector<std::pair<std::string, std::string>>& rows, Language lang) {
  size_t width = 1;
  for (const auto& [id, text] : rows) width = std::max(width, cells(text).size());
  Html out;
  for (const auto& [id, text] : rows) {
    const auto list = cells(text);
    Html tr;
    if (list.size() == 1)
      tr += element("td", {{"colspan", std::to_string(width)}, {"class", "span"}}, list[0]);
    else
      for (const auto& c : list) tr += element("td", is_figure(c) ? Attributes{{"class", "figure"}} : Attributes{}, c);
    out += element("tr", id.empty() ? Attributes{} : Attributes{{"id", id}}, tr);
  }
  return element("div", {{"class", "table-scroll"}, {"tabindex", "0"}, {"role", "group"}},
                 element("table", {{"lang", language_tag(lang)}}, element("tbody", {}, out)));
}

}  // namespace

std::string fragment_label(const Words& say, std::string_view fragment) {
  static constexpr std::array<std::pair<std::string_view, ParagraphKind>, 6> kKinds = {{{"pp", ParagraphKind::preambular},
                                                                                        {"op", ParagraphKind::operative},
                                                                                        {"an", ParagraphKind::annex},
                                                                                        {"fn", ParagraphKind::footnote},
                                                                                        {"tb", ParagraphKind::table},
                                                                                        {"hd", ParagraphKind::heading}}};
  const auto bare = fragment.substr(0, fragment.find('~'));
  for (const auto& [prefix, kind] : kKinds) {
    if (!bare.starts_with(prefix)) continue;
    std::string number;
    auto rest = bare.substr(prefix.size());
    for (size_t step = 0; !rest.empty(); ++step) {
      const size_t dot = std::min(rest.find('.'), rest.size());
      number += step == 0 ? std::string(rest.substr(0, dot)) : "(" + std::string(rest.substr(0, dot)) + ")";
      rest.remove_prefix(std::min(dot + 1, rest.size()));
    }
    // A number after ~ is the place of one that prints none, or repeats another's.
    return paragraph_label(say, kind, fragment.find('~') == std::string_view::npos ? number : "", fragment);
  }
  return std::string(fragment);
}

TextPrinter::TextPrinter(const Page& page, const Document& document, const Document* other, const std::vector<std::string>& cited)
    : page_(page), document_(document), other_(other), cited_(cited) {
  if (other)
    for (const auto& p : other->paragraphs) others_[p.fragment] = &p;
  if (const auto q = page.value("q"); !q.empty()) highlighter_.emplace(search::parse_query(q));
}

const Paragraph* TextPrinter::counterpart(const Paragraph& p) const {
  const auto it = others_.find(p.parallel);
  return p.parallel.empty() || it == others_.end() ? nullptr : it->second;
}

namespace {

// Words that were found side by side are one place.
std::vector<Span> joined(const std::vector<Span>& spans, std::string_view text) {
  std::vector<Span> out;
  for (const auto& s : spans) {
    const size_t gap = out.empty() || s.begin < out.back().end ? 2 : s.begin - out.back().end;
    if (gap == 0 || (gap == 1 && (text[s.begin - 1] == ' ' || text[s.begin - 1] == '-')))
      out.back().end = s.end;
    else
      out.push_back(s);
  }
  return out;
}

}  // namespace

// A text with its opening, its citations as links, and what was looked for marked.
Html TextPrinter::running(const Paragraph& p, Language lang) {
  std::vector<Wrapped> spans;
  const bool own = lang == document_.lang;
  const auto& paragraphs = own ? document_.paragraphs : other_->paragraphs;
  for (const auto& n : p.notes) {
    if (n.note >= paragraphs.size()) continue;
    const auto& note = paragraphs[n.note];
    Attributes attributes = {{"class", "note-mark"}};
    if (own) {
      attributes.emplace_back("href", "#" + note.fragment);
      if (referred_.insert(note.fragment).second) attributes.emplace_back("id", "ref-" + note.fragment);
    }
    spans.push_back({n.at, n.at, own ? "a" : "span", attributes, note.number.empty() ? "*" : note.number});
  }
  if (highlighter_)
    for (const auto& s : joined(highlighter_->find(p.text), p.text))
      spans.push_back({s.begin, s.end, "mark", {{"id", "hit-" + std::to_string(++marks_)}, {"tabindex", "-1"}}});
  for (const auto& c : p.citations) {
    const bool held = page_.searcher->find(c.symbol, std::nullopt).has_value();
    spans.push_back({c.span.begin, c.span.end, "a", {{"href", page_.to_document(c.symbol)}, {"class", held ? "cite" : "cite absent"}, {"title", c.symbol}}});
  }
  const size_t end = opening(p, p.text, lang);
  if (end && std::none_of(spans.begin(), spans.end(), [&](const Wrapped& w) { return w.begin < end && w.end > w.begin; }))
    spans.push_back({0, end, "em", {{"class", "opening"}}});
  return wrap_spans(p.text, std::move(spans));
}

// From a note to where it is referred to, which stands above.
Html TextPrinter::back(const Paragraph& p, Language lang) const {
  if (p.kind != ParagraphKind::footnote || lang != document_.lang || !referred_.contains(p.fragment)) return {};
  return element("a", {{"class", "back"}, {"href", "#ref-" + p.fragment}, {"aria-label", page_.say("back-to-text")}}, "↩");
}

Html TextPrinter::paragraph(const Paragraph& p, const std::string& cite, const Paragraph* before) {
  const auto& say = page_.say;
  // The number of a resolution stands with its title; sections have their own.
  const bool unnumbered = p.kind == ParagraphKind::heading && p.number.find('/') != std::string::npos;
  const std::string number = unnumbered ? "" : p.kind == ParagraphKind::footnote ? p.number : printed_number(p.number);
  const size_t depth = depth_of(p.fragment);
  const char* tag = p.kind == ParagraphKind::heading ? "h2" : "p";
  const auto side = [&](const Paragraph& one, Language lang) {
    return p.kind == ParagraphKind::enacting ? element("p", {}, element("em", {{"class", "opening"}}, one.text))
                                             : element(tag, {}, running(one, lang), back(one, lang));
  };
  Html row = element("a",
                     number.empty() ? Attributes{{"class", "number none"}, {"href", "#" + p.fragment}, {"tabindex", "-1"}}
                                    : Attributes{{"class", "number"}, {"href", "#" + p.fragment}},
                     number.empty() ? "¶" : number);
  row += element("div", {{"class", "side"}, {"lang", language_tag(document_.lang)}}, side(p, document_.lang));
  if (other_) {
    const auto* o = counterpart(p);
    Html content;
    if (!o)
      content = p.kind == ParagraphKind::heading ? Html() : element("p", {{"class", "muted gap"}}, say("no-counterpart"));
    else if (before && before->parallel == p.parallel)
      content = element("p", {{"class", "muted gap"}}, say("same-counterpart"));
    else {
      Paragraph shown = *o;
      shown.action = p.action;
      content = side(shown, other_->lang);
      if (p.parallel_confidence < kSure) content += element("p", {{"class", "muted gap"}}, say("uncertain"));
    }
    row += element("div", {{"class", "side other"}, {"lang", language_tag(other_->lang)}}, content);
  }
  Attributes attributes = {{"class", "para " + std::string(print_kind(p.kind)) + (depth ? " depth" + std::to_string(depth) : "") + (chosen_ ? " chosen" : "")},
                           {"id", p.fragment},
                           {"data-cite", cite}};
  return element("div", attributes, row);
}

Html TextPrinter::table(size_t begin, size_t end) {
  std::vector<std::pair<std::string, std::string>> own, theirs;
  std::set<std::string> shown;
  for (size_t i = begin; i < end; ++i) {
    const auto& p = document_.paragraphs[i];
    own.emplace_back(p.fragment, p.text);
    if (const auto* o = other_ ? counterpart(p) : nullptr; o && shown.insert(o->fragment).second) theirs.emplace_back("", o->text);
  }
  Html row = element("span", {{"class", "number none"}}, "");
  row += element("div", {{"class", "side"}}, print_table(own, document_.lang));
  if (other_)
    row += element("div", {{"class", "side other"}},
                   theirs.empty() ? element("p", {{"class", "muted gap"}}, page_.say("no-counterpart")) : print_table(theirs, other_->lang));
  return element("div", {{"class", "para table"}, {"data-cite", cited_[begin]}}, row);
}

namespace {

// The places of "op5..op7", with what stands below the last; none where the document has not both in this order.
std::pair<size_t, size_t> range_of_places(const Document& d, const std::string& range) {
  const size_t joint = std::min(range.find(".."), range.size());
  const auto place = [&](const std::string& fragment) {
    return static_cast<size_t>(std::find_if(d.paragraphs.begin(), d.paragraphs.end(), [&](const Paragraph& p) { return p.fragment == fragment; }) -
                               d.paragraphs.begin());
  };
  const auto last = range.substr(std::min(joint + 2, range.size()));
  const size_t begin = place(range.substr(0, joint));
  size_t end = place(last);
  if (end == d.paragraphs.size() || end < begin) return {0, 0};
  for (++end; end < d.paragraphs.size() && d.paragraphs[end].fragment.starts_with(last + ".");) ++end;
  return {begin, end};
}

}  // namespace

Html TextPrinter::print() {
  Html text, notes;
  const Paragraph* before = nullptr;
  const auto [first, last] = range_of_places(document_, page_.value("range"));
  for (size_t i = 0; i < document_.paragraphs.size(); ++i) {
    const auto& p = document_.paragraphs[i];
    chosen_ = i >= first && i < last;
    // The title stands above.
    if (i == 0 && p.kind == ParagraphKind::heading && p.text == document_.title) continue;
    if (p.kind == ParagraphKind::table) {
      size_t end = i;
      while (end < document_.paragraphs.size() && document_.paragraphs[end].kind == ParagraphKind::table) ++end;
      text += table(i, end);
      i = end - 1;
      continue;
    }
    (p.kind == ParagraphKind::footnote ? notes : text) += paragraph(p, cited_[i], before);
    before = &p;
  }
  const auto name = [&](Language lang) { return page_.say(lang == Language::zh ? Word("chinese") : Word("english")); };
  Html out;
  if (other_)
    out += element("div", {{"class", "column-heads"}, {"aria-hidden", "true"}}, element("span", {}, ""), element("span", {}, name(document_.lang)),
                   element("span", {}, name(other_->lang)));
  out += text;
  if (!notes.empty())
    out += element("section", {{"class", "footnotes"}, {"aria-labelledby", "footnotes"}}, element("h2", {{"id", "footnotes"}}, page_.say("footnotes")),
                   referred_.empty() ? element("p", {{"class", "muted"}}, page_.say("footnotes-unplaced")) : Html(), notes);
  return element("section", {{"class", "text"}, {"aria-label", document_.identifier}}, out);
}

void Years::take(const std::vector<FacetCount>& counted) {
  for (const auto& year : counted) {
    const int y = std::atoi(year.value.c_str());
    from = std::min(from, y);
    to = std::max(to, y);
  }
}

Html line_of_time(const std::vector<FacetCount>& counted, const Years& years) {
  if (counted.empty()) return {};
  constexpr double kWide = 150, kEdge = 6;
  const auto place = [&](int year) { return kEdge + (kWide - 2 * kEdge) * (year - years.from) / std::max(1, years.to - years.from); };
  const auto figure = [](double v) { return std::to_string(static_cast<int>(std::lround(v * 10)) / 10.0).substr(0, 5); };
  Years own;
  own.take(counted);
  Html points;
  for (const auto& year : counted)
    points += element("circle",
                      {{"cx", figure(place(std::atoi(year.value.c_str())))},
                       {"cy", "8"},
                       {"r", figure(std::min(5.0, 2 + std::log2(static_cast<double>(std::max<uint64_t>(1, year.count))) / 2))}},
                      element("title", {}, year.value + ": " + print_number(year.count)));
  return element("svg", {{"class", "time-line"}, {"viewBox", "0 0 150 16"}, {"width", "150"}, {"height", "16"}, {"aria-hidden", "true"}},
                 element("line", {{"x1", "0"}, {"x2", "150"}, {"y1", "8"}, {"y2", "8"}}),
                 element("line", {{"class", "span"}, {"x1", figure(place(own.from))}, {"x2", figure(place(own.to))}, {"y1", "8"}, {"y2", "8"}}), points);
}

}  // namespace resolute::http
