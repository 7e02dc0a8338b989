// Nothing of a text or PDF is lost: every letter of the file is in a paragraph, its number, a named class of furniture or
// in `unplaced`; and none is there twice. Over the samples and, where they are, the kits of ../shared, whole and mutated.
#include <gtest/gtest.h>
#include <poppler-document.h>
#include <poppler-page.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <iostream>
#include <map>
#include <memory>
#include <random>
#include <utility>

#include "indexer/readers/reader.h"
#include "tests/samples.h"
#include "text/encoding.h"
#include "text/markdown.h"
#include "text/normalize.h"

namespace resolute::indexer {
namespace {

namespace fs = std::filesystem;

using Letters = std::map<char32_t, long>;

// Han characters and Latin letters, in lower case; figures and numerals become numbers and markers of notes.
void count(std::string_view utf8, Letters& out, long by = 1) {
  static constexpr std::u32string_view kNumerals = U"一二三四五六七八九十";
  for (size_t i = 0; i < utf8.size();) {
    char32_t c = text::next_code_point(utf8, i);
    if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 0xC0 && c <= 0x24F) || text::is_han(c);
    if (letter && kNumerals.find(c) == std::u32string_view::npos) out[c] += by;
  }
}

// The last part of "2(a)(i)": its parents are printed once, above.
std::string_view own_number(std::string_view number) {
  const size_t at = number.rfind('(');
  return at == std::string_view::npos || at == 0 ? number : number.substr(at);
}

// A number may be made from figures, or from a part of the text that stays: it explains letters, and adds none.
enum class Numbers { counted, left };

Letters placed(const Document& d, Numbers numbers) {
  Letters out;
  std::string cover;
  for (const auto& f : d.furniture) {
    count(f.text, out);
    if (f.name != "running head") cover += f.text;
  }
  for (const auto& s : d.unplaced) count(s, out), cover += s;
  bool titled = false, parted = false;
  bool head = true;  // the title stands on the cover and, again, as the first heading
  for (const auto& p : d.paragraphs) {
    head &= p.kind == ParagraphKind::heading;
    Letters title, all;
    count(p.text, title, -1);
    count(cover, title);
    // Once each: the title, and a part's under its letter.
    const bool copy = (p.text == d.title && !std::exchange(titled, true)) || (p.number.size() == 1 && !std::exchange(parted, true));
    if (head && copy && std::all_of(title.begin(), title.end(), [](const auto& n) { return n.second >= 0; })) continue;
    count(p.text, out);
    if (numbers == Numbers::counted) count(own_number(p.number), out);
  }
  return out;
}

// What of `in` is not in `out`.
std::string missing(const Letters& in, const Letters& out) {
  std::string to;
  for (const auto& [c, there] : in) {
    const auto it = out.find(c);
    const long n = there - (it == out.end() ? 0 : it->second);
    if (n <= 0) continue;
    to += c < 0x80 ? std::string(1, static_cast<char>(c)) : "U+" + std::to_string(static_cast<uint32_t>(c));
    to += "*" + std::to_string(std::abs(n)) + " ";
  }
  return to;
}

std::string letters_in_text(std::string_view bytes) {
  const auto decoded = text::decode(bytes);
  if (!decoded) return "";
  return text::is_markdown(decoded->utf8) ? text::without_markdown(decoded->utf8) : decoded->utf8;
}

std::string letters_in_pdf(std::string_view bytes) {
  const std::unique_ptr<poppler::document> document(poppler::document::load_from_raw_data(bytes.data(), static_cast<int>(bytes.size())));
  std::string out;
  for (int i = 0; document && !document->is_locked() && i < document->pages(); ++i)
    if (const std::unique_ptr<poppler::page> page(document->create_page(i)); page)
      for (const auto& box : page->text_list()) {
        const auto utf8 = box.text().to_utf8();
        out.append(utf8.begin(), utf8.end());
      }
  return out;
}

struct Tally {
  size_t read = 0, wrong = 0;
  std::string first;
};

void check(const std::string& path, const std::string& bytes, Tally& tally) {
  const auto format = detect_format(bytes);
  if (format != Format::text && format != Format::pdf) return;
  const auto reading = format == Format::pdf ? read_pdf(path, bytes) : read_text(path, bytes);
  if (reading.documents.size() != 1) return;
  Letters in;
  count(format == Format::pdf ? letters_in_pdf(bytes) : letters_in_text(bytes), in);
  ++tally.read;
  const auto lost = missing(in, placed(reading.documents[0], Numbers::counted)), twice = missing(placed(reading.documents[0], Numbers::left), in);
  const auto what = (lost.empty() ? "" : "lost " + lost) + (twice.empty() ? "" : "twice " + twice);
  if (what.empty()) return;
  ++tally.wrong;
  if (const char* folder = std::getenv("RESOLUTE_KEEP_LOST"))
    test::spill(std::string(folder) + "/" + std::to_string(tally.wrong) + "_" + fs::path(path).filename().string(), bytes);
  if (tally.wrong <= 5) tally.first += "\n" + path + ": " + what;
}

std::vector<std::string> files_below(const std::string& folder) {
  std::vector<std::string> out;
  std::error_code error;
  for (const auto& entry : fs::recursive_directory_iterator(folder, error))
    if (entry.is_regular_file()) out.push_back(entry.path().string());
  std::sort(out.begin(), out.end());
  return out;
}

// Lines cut out, doubled, moved, joined; bytes changed; the file cut off.
std::string mutate(const std::string& bytes, std::mt19937& r, bool lines) {
  if (bytes.empty()) return bytes;
  const auto pick = [&](size_t n) { return static_cast<size_t>(r() % std::max<size_t>(n, 1)); };
  std::string out = bytes;
  for (size_t n = 1 + pick(4); n > 0; --n) {
    const size_t at = pick(out.size()), length = 1 + pick(std::min<size_t>(out.size() - at, 600));
    switch (lines ? pick(7) : pick(2)) {
      case 0: out[at] = static_cast<char>(' ' + pick(95)); break;
      case 1: out.resize(at + 1); break;
      case 2: out.erase(at, length); break;
      case 3: out.insert(pick(out.size()), out.substr(at, length)); break;
      case 4: out.insert(at, pick(2) ? "\n\n" : "\n"); break;
      case 5: out.insert(at, pick(2) ? "\f" : "      "); break;
      default:
        if (const size_t end = out.find('\n', at); end != std::string::npos) out[end] = ' ';
    }
    if (out.empty()) break;
  }
  return out;
}

void check_folder(const std::string& folder, size_t mutants, size_t every = 1) {
  Tally whole, mutated;
  std::mt19937 random(83);
  size_t n = 0;
  for (const auto& path : files_below(folder)) {
    if (n++ % every != 0) continue;
    const auto bytes = test::slurp(path);
    check(path, bytes, whole);
    const bool pdf = detect_format(bytes) == Format::pdf;
    for (size_t m = 0; m < mutants; ++m) check(path + " (mutant " + std::to_string(m) + ")", mutate(bytes, random, !pdf), mutated);
  }
  std::cout << folder << ": " << whole.read << " documents, " << mutated.read << " mutants\n";
  EXPECT_GT(whole.read, 0u) << folder;
  EXPECT_EQ(whole.wrong, 0u) << folder << whole.first;
  EXPECT_EQ(mutated.wrong, 0u) << folder << mutated.first;
}

TEST(NothingIsLost, OfTheSamples) {
  check_folder(RESOLUTE_SAMPLES "/text", 200);
  check_folder(RESOLUTE_SOURCE "/tests/indexer/forms", 5);
}

class Shared : public testing::TestWithParam<const char*> {};

TEST_P(Shared, NothingIsLost) {
  const std::string folder = std::string(RESOLUTE_SOURCE "/../shared/") + GetParam();
  if (!fs::exists(folder)) GTEST_SKIP() << folder << " is not there: NOT tested";
  const bool pdf = folder.ends_with("pdf");
  check_folder(folder, folder.ends_with("mini") ? 100 : pdf ? 1 : 2, pdf ? 2 : 3);
}

INSTANTIATE_TEST_SUITE_P(Kits, Shared,
                         testing::Values("eval/mini", "eval/reading/text_seed", "eval/reading/text_full", "eval/pdf/pdf", "eval/real/pdf", "corpus/cr_unsc",
                                         "corpus/seed"),
                         [](const auto& kit) {
                           std::string name = kit.param;
                           std::replace(name.begin(), name.end(), '/', '_');
                           return name;
                         });

}  // namespace
}  // namespace resolute::indexer
