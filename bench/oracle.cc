// Compares an index with a linear scan of its texts on random quotes, filters and facets.
//   oracle INDEX [QUOTES] [SEED]
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "tests/search/oracle.h"

int main(int argc, char** argv) {
  using namespace resolute;
  if (argc < 2) {
    std::fprintf(stderr, "usage: oracle INDEX [QUOTES] [SEED]\n");
    return 2;
  }
  const int n = argc > 2 ? std::atoi(argv[2]) : 1000;
  std::mt19937 random(argc > 3 ? static_cast<unsigned>(std::atoi(argv[3])) : 1u);
  const search::Searcher searcher(search::Generation::open(argv[1]));
  const oracle::LinearScan scan(searcher.generation());
  std::vector<Field> facets;
  for (const auto& f : fields())
    if (f.facet) facets.push_back(f.field);
  int wrong = 0;
  const auto check = [&](const char* what, int times, auto&& question) {
    int bad = 0;
    for (int i = 0; i < times; ++i) {
      const auto fault = oracle::compare(searcher, scan, question(), facets);
      if (fault.empty()) continue;
      ++bad;
      std::printf("  %s\n", fault.c_str());
    }
    std::printf("%-34s %d of %d exact\n", what, times - bad, times);
    std::fflush(stdout);
    wrong += bad;
  };
  check("quoted Chinese, 2 to 12 characters", n, [&] { return oracle::Question{scan.random_han(random, 2, 12), {}}; });
  check("quoted English, 2 to 6 words", n, [&] { return oracle::Question{scan.random_english(random, 2, 6), {}}; });
  check("quoted possessives, 1 to 4 words", n, [&] { return oracle::Question{scan.random_possessive(random, 1, 4), {}}; });
  check("single characters and words", n / 10, [&] {
    return oracle::Question{random() % 2 ? scan.random_han(random, 1, 1) : scan.random_english(random, 1, 1), {}};
  });
  check("filters, facets over everything", n / 5, [&] { return oracle::Question{"", scan.random_filters(random)}; });
  check("filters, facets over a quote", n / 5, [&] {
    return oracle::Question{random() % 2 ? scan.random_han(random, 1, 3) : scan.random_english(random, 1, 2), scan.random_filters(random)};
  });
  return wrong ? 1 : 0;
}
