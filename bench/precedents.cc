// Compares the wordings that an index finds with a linear scan over all of them, and times both.
//   precedents INDEX [PARAGRAPHS] [SEED]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <random>

#include "search/drafting/wording_finder.h"
#include "tests/search/wording_oracle.h"

int main(int argc, char** argv) {
  using namespace resolute;
  using Clock = std::chrono::steady_clock;
  if (argc < 2) {
    std::fprintf(stderr, "usage: precedents INDEX [PARAGRAPHS] [SEED]\n");
    return 2;
  }
  const size_t n = argc > 2 ? static_cast<size_t>(std::atoi(argv[2])) : 300;
  std::mt19937 random(argc > 3 ? static_cast<unsigned>(std::atoi(argv[3])) : 1u);
  const auto g = search::Generation::open(argv[1]);
  const oracle::WordingScan scan(*g);
  search::WordingFinder finder(*g);
  bool good = true;
  for (const Language lang : {Language::zh, Language::en}) {
    oracle::Agreement all;
    std::vector<double> times;
    for (const auto& text : scan.random_paragraphs(random, lang, n)) {
      const auto begin = Clock::now();
      const auto found = finder.similar(text);
      times.push_back(std::chrono::duration<double, std::milli>(Clock::now() - begin).count());
      all += oracle::compare(found, scan.similar(text, search::kSimilar));
    }
    std::sort(times.begin(), times.end());
    std::printf("%s: %zu paragraphs, %zu similar wordings; recall %.4f, precision %.4f; p50 %.2f ms, p99 %.2f ms\n", print_language(lang), times.size(),
                all.expected, all.recall(), all.precision(), times[times.size() / 2], times[times.size() * 99 / 100]);
    std::fflush(stdout);
    good = good && all.recall() >= 0.98 && all.precision() >= 0.98;
  }
  return good ? 0 : 1;
}
