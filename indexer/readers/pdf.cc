// PDF by poppler: words with their places become lines, columns, paragraphs and notes.
#include <poppler-document.h>
#include <poppler-global.h>
#include <poppler-page.h>

#include <algorithm>
#include <cmath>
#include <iterator>
#include <map>
#include <memory>
#include <set>
#include <utility>

#include "indexer/readers/pdf_layout.h"
#include "indexer/readers/reader.h"
#include "schemas/ascii.h"
#include "schemas/sanitized.h"
#include "schemas/symbol.h"
#include "text/line.h"
#include "text/normalize.h"
#include "text/page.h"
#include "text/structure.h"

#if defined(RESOLUTE_ADDRESS_SANITIZED)
// What fontconfig keeps for poppler until the process ends is no leak of ours.
extern "C" const char* __lsan_default_suppressions();
extern "C" const char* __lsan_default_suppressions() { return "leak:libfontconfig\n"; }
#endif

namespace resolute::indexer {
namespace {

using text::Piece;

using Word = PdfWord;
using Line = PdfLine;

std::vector<Word> words_of(const poppler::page& page, std::vector<Furniture>& furniture) {
  std::vector<Word> out;
  for (const auto& box : page.text_list(poppler::page::text_list_include_font)) {
    const auto b = box.bbox();
    const auto utf8 = box.text().to_utf8();
    std::string s(utf8.begin(), utf8.end());
    s.erase(std::remove(s.begin(), s.end(), '\0'), s.end());
    // Places and sizes far off any sheet are a damaged file's; so are those that are no numbers.
    const auto sane = [](double v) { return std::abs(v) < 100'000; };
    if (s.empty()) continue;
    if (!sane(b.left()) || !sane(b.right()) || !sane(b.top()) || !sane(b.bottom()) || !sane(box.get_font_size()) || b.right() <= b.left()) {
      furniture.push_back({"off the sheet", std::move(s)});
      continue;
    }
    out.push_back({b.left(), b.top(), b.right(), b.bottom(), box.get_font_size(), box.has_space_after(), std::move(s)});
  }
  return out;
}

std::string without_digits(std::string_view s) {
  std::string out;
  for (const char c : ascii_fold(s))
    if (!is_digit(c) && c != ' ') out += c;
  return out;
}

// "1 Text" or "* Text": the length of its number.
size_t note_number(std::string_view s) {
  size_t n = 0;
  while (n < s.size() && n < 3 && (is_digit(s[n]) || s[n] == '*')) ++n;
  return n > 0 && n < s.size() && s[n] == ' ' ? n : 0;
}

// Running heads and feet: what stands in the outer strips of pages and repeats there (but for
// figures), page numbers, job numbers, the document's own symbol.
void drop_furniture(std::vector<std::vector<Line>>& pages, const std::vector<double>& heights, std::vector<Furniture>& furniture) {
  std::string symbol;
  if (!pages.empty())
    for (size_t i = 0; i < std::min<size_t>(pages[0].size(), 8) && symbol.empty(); ++i)
      for (size_t at = 0; at < pages[0][i].text.size() && symbol.empty();) {
        if (const auto s = parse_symbol(std::string_view(pages[0][i].text).substr(at))) {
          symbol = s->text();
          std::erase(symbol, ' ');
        }
        const size_t space = pages[0][i].text.find(' ', at);
        at = space == std::string::npos ? pages[0][i].text.size() : space + 1;
      }
  const auto outer = [&](size_t page, const Line& l) { return l.bottom < heights[page] * 0.115 || l.top > heights[page] * 0.885; };
  std::map<std::string, std::set<size_t>> seen;
  for (size_t p = 0; p < pages.size(); ++p)
    for (const auto& l : pages[p])
      if (outer(p, l)) seen[without_digits(l.text)].insert(p);
  for (size_t p = 0; p < pages.size(); ++p) {
    // What a line is of the page's furniture; nullptr where it is the document's.
    const auto name = [&](const Line& l) -> const char* {
      if (text::is_rule(l.text)) return "rule";
      if (!outer(p, l)) return nullptr;
      const std::string f = without_digits(l.text);
      if (f.find_first_not_of("/-()*ECPageof") == std::string::npos) return text::is_page_number(l.text) ? "page number" : "job number";
      if (p == 0 && l.bottom < heights[p] * 0.3) return nullptr;  // the cover's head
      std::string solid = ascii_fold(l.text);
      std::erase(solid, ' ');
      if (!symbol.empty() && solid.find(symbol) != std::string::npos) return "running head";
      // Short notes are alike but for their figures ("3 A/93/12."): a marker tells them from a running foot.
      if (l.top > heights[p] * 0.885 && (!l.marker.empty() || note_number(l.text)) && l.text.find("GE.") == std::string::npos) return nullptr;
      return seen[f].size() > 1 ? "running head" : nullptr;
    };
    std::vector<Line> kept;
    bool first = false;  // the next one kept begins its column
    for (auto& l : pages[p]) {
      first |= l.column_start;
      if (const char* what = name(l)) {
        furniture.push_back({what, std::move(l.text)});
        continue;
      }
      l.column_start = std::exchange(first, false);
      kept.push_back(std::move(l));
    }
    pages[p] = std::move(kept);
  }
}

// Pages' lines as the text model takes them: places in columns of half a letter's height, gaps as blank lines.
class Assembler {
 public:
  explicit Assembler(bool zh) : zh_(zh) {}

  std::optional<Document> run(std::vector<std::vector<Line>>& pages) {
    body_ = usual([](const Line& l) { return l.size; }, pages);
    std::vector<Line> all, notes;
    for (auto& page : pages) {
      // Notes: smaller lines down to the foot of the page or column, from one that a marker opens.
      for (size_t begin = 0, end; begin < page.size(); begin = end) {
        end = begin + 1;
        while (end < page.size() && !page[end].column_start) ++end;
        size_t from = end;
        while (from > begin && page[from - 1].size < body_ * 0.93 && !page[from - 1].row) --from;
        while (from < end && page[from].marker.empty() && !note_number(page[from].text)) ++from;
        for (size_t i = begin; i < end; ++i) (i < from ? all : notes).push_back(std::move(page[i]));
      }
    }
    measure(all);
    find_edges(all);
    return text::structure_lines(to_text(all), read_notes(notes), text::Places::known);
  }

 private:
  template <typename F>
  static double usual(F&& of, const std::vector<std::vector<Line>>& pages) {
    std::map<int, size_t> weight;
    for (const auto& page : pages)
      for (const auto& l : page) weight[static_cast<int>(of(l) * 10)] += l.text.size();
    if (weight.empty()) return 10;
    return std::max_element(weight.begin(), weight.end(), [](const auto& a, const auto& b) { return a.second < b.second; })->first / 10.0;
  }

  // The usual step from line to line.
  void measure(const std::vector<Line>& lines) {
    std::map<int, size_t> steps;
    for (size_t i = 1; i < lines.size(); ++i)
      if (lines[i].page == lines[i - 1].page && !lines[i].column_start)
        if (const double d = lines[i].bottom - lines[i - 1].bottom; d > 2 && d < 60) ++steps[static_cast<int>(std::lround(d * 2))];
    // The smallest that is common: where paragraphs are short, the step between them is commoner.
    size_t most = 0;
    for (const auto& [d, n] : steps) most = std::max(most, n);
    for (const auto& [d, n] : steps)
      if (n * 4 >= most && d >= 8) {
        step_ = d / 2.0;
        break;
      }
    // Paragraphs of one line each say little of it.
    if (step_ > body_ * 1.75)
      for (const auto& [d, n] : steps)
        if (d >= body_ * 2.1 && d <= body_ * 3.4) {
          step_ = d / 2.0;
          break;
        }
  }

  // Where full lines of each page's column begin and end; few lines say nothing of it, and are as others are.
  static void find_edges(std::vector<Line>& lines) {
    struct Column {
      size_t begin, end;
      double margin, edge;
    };
    std::vector<Column> columns;
    for (size_t i = 0; i < lines.size();) {
      Column c{i, i + 1, lines[i].left, 0};
      while (c.end < lines.size() && lines[c.end].page == lines[i].page && !lines[c.end].column_start) ++c.end;
      for (size_t k = i; k < c.end; ++k) c.edge = std::max(c.edge, lines[k].right), c.margin = std::min(c.margin, lines[k].left);
      columns.push_back(c);
      i = c.end;
    }
    for (const auto& c : columns) {
      double edge = c.edge;
      if (c.end - c.begin < kFewLines)
        for (const auto& other : columns)
          if (other.end - other.begin >= kFewLines && std::abs(other.margin - c.margin) < kSameMargin)
            edge = std::max(edge, c.margin + (other.edge - other.margin));
      for (size_t k = c.begin; k < c.end; ++k) lines[k].edge = edge, lines[k].margin = c.margin;
    }
  }

  std::vector<text::Line> to_text(const std::vector<Line>& lines) const {
    std::vector<text::Line> out;
    const double column = body_ * 0.5;
    const auto columns = [&](double points) { return static_cast<int>(std::lround(points / column)); };
    const Line* before = nullptr;
    for (const auto& l : lines) {
      text::Line line;
      line.text = l.marker.empty() ? l.text : l.marker + " " + l.text;
      line.row = l.row;
      line.indent = std::max(0, columns(l.left - l.margin));
      line.width = columns(l.right - l.left);
      line.edge = columns(l.edge - l.margin);
      const bool turned = before && (l.page != before->page || (l.column_start && l.bottom <= before->bottom));
      line.page_before = turned;
      if (before && !turned) {
        const double gap = l.bottom - before->bottom, usual = step_ * std::max(1.0, l.size / body_);
        // Beside each other, in another size, or farther apart than lines: parted.
        line.blank_before = std::abs(l.size - before->size) > 0.8 || gap > usual * 1.22 || gap < step_ * 0.5;
      }
      if (!line.text.empty()) out.push_back(std::move(line));
      before = &l;
    }
    return out;
  }

  std::vector<Piece> read_notes(std::vector<Line>& notes) const {
    std::vector<Piece> out;
    int last = 0;
    for (auto& l : notes) {
      std::string number = l.marker;
      if (number.empty()) {
        // A line that begins with a figure opens a note where it is the next one's.
        const size_t n = note_number(l.text);
        if (n && (l.text[0] == '*' || out.empty() || std::stoi(l.text.substr(0, n)) == last + 1)) {
          number = l.text.substr(0, n);
          l.text = text::tidy(std::string_view(l.text).substr(n));
        }
      }
      if (!number.empty() && is_digit(number[0])) last = std::stoi(number);
      if (!number.empty() || out.empty())
        out.push_back({Piece::Role::note, l.text, number});
      else
        join(out.back().text, l.text);
    }
    return out;
  }

  void join(std::string& paragraph, const std::string& line) const {
    if (line.empty()) return;
    // A break after a hyphen that was there is more usual in these texts than one that was made.
    const bool hyphen = !zh_ && paragraph.size() > 1 && paragraph.back() == '-' && is_alpha(paragraph[paragraph.size() - 2]);
    if (!paragraph.empty() && !hyphen) paragraph += ' ';
    paragraph += line;
  }

  static constexpr size_t kFewLines = 5;
  static constexpr double kSameMargin = 24;  // points

  bool zh_;
  double step_ = 12, body_ = 10;  // points from line to line, of running text
};

}  // namespace

Reading read_pdf(const std::string& path, std::string_view bytes) {
  Reading out;
  const auto reject = [&](const char* reason, std::string detail) {
    out.rejections.push_back({path, reason, std::move(detail), ""});
    return out;
  };
  [[maybe_unused]] static const bool quiet = (poppler::set_debug_error_function([](const std::string&, void*) {}, nullptr), true);
  const std::unique_ptr<poppler::document> document(poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
  if (!document) return reject("malformed", "not a readable PDF");
  if (document->is_locked()) return reject("encrypted", "the PDF is protected by a password");
  const int count = document->pages();
  if (count <= 0) return reject("empty", "the PDF has no pages");
  if (count > kMostPdfPages) return reject("too-large", "the PDF has more than " + std::to_string(kMostPdfPages) + " pages");
  std::vector<std::vector<Line>> pages;
  std::vector<double> heights;
  std::string all;
  std::vector<Furniture> furniture;
  for (int i = 0; i < count; ++i) {
    const std::unique_ptr<poppler::page> page(document->create_page(i));
    if (!page) continue;
    const auto box = page->page_rect();
    auto lines = pdf_lines(words_of(*page, furniture), box.width(), pages.size(), pages.empty() ? box.height() * 0.3 : 0);
    for (const auto& l : lines) all += l.text + '\n';
    pages.push_back(std::move(lines));
    heights.push_back(box.height());
  }
  if (text::tidy(all).empty()) return reject("scanned", "the PDF holds images, no text");
  drop_furniture(pages, heights, furniture);
  auto read = Assembler(text::detect_language(all) == Language::zh).run(pages);
  if (!read) {
    out.unstructured.push_back(std::move(all));
    return out;
  }
  read->furniture.insert(read->furniture.begin(), std::make_move_iterator(furniture.begin()), std::make_move_iterator(furniture.end()));
  finish(path, "pdf", std::move(*read), out);
  return out;
}

}  // namespace resolute::indexer
