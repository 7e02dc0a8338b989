#include "text/align.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <functional>
#include <string>
#include <vector>

#include "schemas/ascii.h"
#include "schemas/numerals.h"
#include "schemas/symbol.h"
#include "text/normalize.h"

namespace resolute::text {
namespace {

// What is compared of a paragraph, computed once: every pair near the diagonal is looked at.
struct Traits {
  ParagraphKind kind;
  std::string number;
  std::vector<std::vector<int>> place;   // of each part of the number: what it may be equal to
  std::vector<size_t> symbols, figures;  // hashes, sorted
  double log_length;
};

// Numbers of two digits and more, of ASCII or of full width.
std::vector<size_t> figures_of(std::string_view text) {
  std::vector<size_t> out;
  std::string figure;
  for (size_t i = 0; i <= text.size(); ++i) {
    if (figure.empty())
      while (i < text.size() && !is_digit(text[i]) && text[i] != '\xEF') ++i;
    if (i < text.size() && is_digit(text[i])) {
      figure += text[i];
    } else if (i + 2 < text.size() && text[i] == '\xEF' && text[i + 1] == '\xBC' && text[i + 2] >= '\x90' && text[i + 2] <= '\x99') {
      figure += static_cast<char>('0' + (text[i + 2] - '\x90'));
      i += 2;
    } else if (!figure.empty()) {
      if (figure.size() >= 2) out.push_back(std::hash<std::string_view>{}(figure));
      figure.clear();
    }
  }
  std::sort(out.begin(), out.end());
  return out;
}

// Share of what either has that both have; -1 where neither has anything.
double overlap(const std::vector<size_t>& a, const std::vector<size_t>& b) {
  if (a.empty() && b.empty()) return -1;
  size_t both = 0;
  for (size_t i = 0, k = 0; i < a.size() && k < b.size();) {
    if (a[i] == b[k])
      ++both, ++i, ++k;
    else if (a[i] < b[k])
      ++i;
    else
      ++k;
  }
  return static_cast<double>(both) / static_cast<double>(std::max(a.size(), b.size()));
}

// One part of a number as ordinals: "b" 2, "ii" 2, "二" 2, "i" 9 or 1.
std::vector<int> ordinals(std::string_view part) {
  std::vector<int> out;
  if (part.empty()) return out;
  if (part[0] >= '0' && part[0] <= '9') return {std::atoi(std::string(part.substr(0, 6)).c_str())};
  if (part[0] & 0x80) {
    if (const auto n = parse_han(part)) out.push_back(*n);
    return out;
  }
  std::string upper(part);
  for (char& c : upper)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  if (upper.size() == 1 && upper[0] >= 'A' && upper[0] <= 'Z') out.push_back(upper[0] - 'A' + 1);
  if (const auto roman = parse_roman(upper)) out.push_back(*roman);
  return out;
}

std::vector<std::vector<int>> place_of(std::string_view number) {
  std::vector<std::vector<int>> out;
  for (size_t at = 0; at < number.size();) {
    const size_t end = std::min(number.find_first_of("(). ", at), number.size());
    if (end > at) {
      const auto part = number.substr(at, end - at);
      out.push_back(ordinals(part));
      out.back().push_back(-1 - static_cast<int>(std::hash<std::string_view>{}(part)&0x3FFFFFFF));  // as it is written
    }
    at = end + 1;
  }
  return out;
}

// "4(i)" and "4(一)" are one place, counted in different ways.
bool same_place(const Traits& a, const Traits& b) {
  if (a.number == b.number) return true;
  if (a.place.size() != b.place.size()) return false;
  for (size_t i = 0; i < a.place.size(); ++i) {
    const auto &m = a.place[i], &n = b.place[i];
    if (std::find_first_of(m.begin(), m.end(), n.begin(), n.end()) == m.end()) return false;
  }
  return true;
}

// Lengths are made comparable: `more` letters are added, and one counts `by`.
Traits traits(const Paragraph& p, double more, double by) {
  Traits t{p.kind, p.number, place_of(p.number), {}, figures_of(p.text), 0};
  for (const auto& c : p.citations) t.symbols.push_back(std::hash<std::string>{}(c.symbol));
  std::sort(t.symbols.begin(), t.symbols.end());
  const auto length = static_cast<double>(std::count_if(p.text.begin(), p.text.end(), [](char c) { return (c & 0xC0) != 0x80; }));
  t.log_length = std::log((length + more) * by);
  return t;
}

constexpr double kGap = -0.6;
constexpr double kSure = 0.0;    // a pair below it stays unaligned
constexpr double kEnToZh = 3.1;  // English letters for one Han character, corpus mean

double score(const Traits& zh, const Traits& en) {
  double s = 0;
  if (zh.kind != en.kind) {
    const auto running = [](ParagraphKind k) {
      return k == ParagraphKind::operative || k == ParagraphKind::annex || k == ParagraphKind::preambular || k == ParagraphKind::heading ||
             k == ParagraphKind::table || k == ParagraphKind::decision;
    };
    if (!running(zh.kind) || !running(en.kind)) return -8;
    s -= 2;
  } else {
    s += zh.kind == ParagraphKind::enacting ? 3 : 1;
  }
  if (!zh.number.empty() || !en.number.empty()) {
    if (zh.number.empty() || en.number.empty())
      s -= 1.5;
    else
      s += same_place(zh, en) ? 2.5 : -2.5;
  }
  if (const double o = overlap(zh.symbols, en.symbols); o >= 0) s += o * 4 - 1.5;
  if (const double o = overlap(zh.figures, en.figures); o >= 0) s += o * 3 - 1.2;
  return s + 0.8 - std::min(3.0, std::abs(en.log_length - zh.log_length) * 2);
}

}  // namespace

void align(Document& zh, Document& en) {
  for (auto* d : {&zh, &en})
    for (auto& p : d->paragraphs) {
      p.parallel.clear();
      p.parallel_confidence = 0;
    }
  std::vector<Traits> a, b;
  for (const auto& p : zh.paragraphs) a.push_back(traits(p, 2.5, kEnToZh));
  for (const auto& p : en.paragraphs) b.push_back(traits(p, 8, 1));
  const size_t n = a.size(), m = b.size();
  if (n == 0 || m == 0) return;
  // Best path through the grid, in a band around its diagonal.
  const size_t band = 60 + (n > m ? n - m : m - n) + std::max(n, m) / 8;
  std::vector<size_t> low(n + 1);  // of each row the first column in the band
  std::vector<std::vector<float>> best(n + 1);
  std::vector<std::vector<uint8_t>> step(n + 1);
  constexpr auto kWorst = -1e18f;
  for (size_t i = 0; i <= n; ++i) {
    const size_t diagonal = i * m / n;
    low[i] = diagonal > band ? diagonal - band : 0;
    auto& row = best[i];
    row.assign(std::min(m, diagonal + band) - low[i] + 1, kWorst);
    step[i].assign(row.size(), 0);
    for (size_t at = 0; at < row.size(); ++at) {
      const size_t k = low[i] + at;
      double value = i == 0 && k == 0 ? 0 : static_cast<double>(kWorst);
      uint8_t how = 0;
      const auto take = [&](double v, uint8_t by) {
        if (v > value) value = v, how = by;
      };
      const std::vector<float>* above = i > 0 ? &best[i - 1] : nullptr;
      if (above && k >= low[i - 1] && k - low[i - 1] < above->size()) take(static_cast<double>((*above)[k - low[i - 1]]) + kGap, 1);
      if (at > 0) take(static_cast<double>(row[at - 1]) + kGap, 2);
      if (above && k > low[i - 1] && k - 1 - low[i - 1] < above->size())
        if (const float before = (*above)[k - 1 - low[i - 1]]; before > kWorst / 2) take(static_cast<double>(before) + score(a[i - 1], b[k - 1]), 3);
      row[at] = static_cast<float>(value);
      step[i][at] = how;
    }
  }
  for (size_t i = n, k = m; i > 0 || k > 0;) {
    const uint8_t how = step[i][k - low[i]];
    if (how == 3) {
      --i, --k;
      const double s = score(a[i], b[k]);
      if (s >= kSure) {
        zh.paragraphs[i].parallel = en.paragraphs[k].fragment;
        en.paragraphs[k].parallel = zh.paragraphs[i].fragment;
        const auto confidence = static_cast<uint8_t>(std::clamp(72.0 + s * 5, 72.0, 99.0));
        zh.paragraphs[i].parallel_confidence = en.paragraphs[k].parallel_confidence = confidence;
      }
    } else if (how == 1) {
      --i;
    } else if (how == 2) {
      --k;
    } else {
      break;
    }
  }
}

}  // namespace resolute::text
