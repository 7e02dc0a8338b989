// Micro-benchmarks over the texts of samples/: bytes a second of each step.
#include <benchmark/benchmark.h>

#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "indexer/collect.h"
#include "indexer/index_writer.h"
#include "schemas/wording_code.h"
#include "search/query.h"
#include "search/searcher.h"
#include "search/snippet.h"
#include "text/analyze.h"
#include "text/citation.h"
#include "text/normalize.h"

namespace {

using namespace resolute;

// Paragraphs of one language, and their size.
struct Texts {
  std::vector<std::string> original, folded;
  int64_t bytes = 0;
};

const Texts& texts(Language lang) {
  static const auto both = [] {
    std::array<Texts, 2> out;
    indexer::Collection read;
    indexer::collect(indexer::list_files({RESOLUTE_SAMPLES}), {}, read);
    for (const auto& s : read.documents) {
      const Document d = read.load(s);
      auto& t = out[static_cast<size_t>(d.lang)];
      for (const auto& p : d.paragraphs) {
        t.original.push_back(p.text);
        t.folded.push_back(text::fold(p.text));
        t.bytes += static_cast<int64_t>(p.text.size());
      }
    }
    return out;
  }();
  return both[static_cast<size_t>(lang)];
}

template <typename Step>
void over_texts(benchmark::State& state, const std::vector<std::string>& list, int64_t bytes, Step&& step) {
  for (auto _ : state)
    for (const auto& s : list) step(s);
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations()) * bytes);
}

void fold(benchmark::State& state) {
  const auto& t = texts(static_cast<Language>(state.range(0)));
  over_texts(state, t.original, t.bytes, [](const std::string& s) { benchmark::DoNotOptimize(text::fold(s)); });
}
BENCHMARK(fold)->ArgName("lang")->Arg(0)->Arg(1);

void tokenize(benchmark::State& state) {
  const auto& t = texts(static_cast<Language>(state.range(0)));
  text::Tokenizer tokenizer;
  std::vector<text::Token> tokens;
  over_texts(state, t.folded, t.bytes, [&](const std::string& s) {
    tokenizer.tokenize(s, tokens);
    benchmark::DoNotOptimize(tokens.data());
  });
}
BENCHMARK(tokenize)->ArgName("lang")->Arg(0)->Arg(1);

void encode_text(benchmark::State& state) {
  const auto& t = texts(static_cast<Language>(state.range(0)));
  const WordingEncoder encoder(learn_entries(t.folded));
  std::vector<uint16_t> codes;
  over_texts(state, t.folded, t.bytes, [&](const std::string& s) {
    codes.clear();
    encoder.encode(s, codes);
    benchmark::DoNotOptimize(codes.data());
  });
}
BENCHMARK(encode_text)->ArgName("lang")->Arg(0)->Arg(1);

void decode_text(benchmark::State& state) {
  const auto& t = texts(static_cast<Language>(state.range(0)));
  const WordingEncoder encoder(learn_entries(t.folded));
  const WordingDecoder decoder({encoder.entries().begin(), encoder.entries().end()});
  std::vector<std::vector<uint16_t>> coded(t.folded.size());
  for (size_t i = 0; i < coded.size(); ++i) encoder.encode(t.folded[i], coded[i]);
  std::string buffer;
  for (auto _ : state)
    for (const auto& codes : coded) benchmark::DoNotOptimize(decoder.decode(codes, buffer));
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations()) * t.bytes);
}
BENCHMARK(decode_text)->ArgName("lang")->Arg(0)->Arg(1);

void analyze(benchmark::State& state) {
  const auto& t = texts(static_cast<Language>(state.range(0)));
  text::Analyzer analyzer;
  over_texts(state, t.folded, t.bytes, [&](const std::string& s) {
    benchmark::DoNotOptimize(analyzer.analyze(s, [](std::string_view term) { benchmark::DoNotOptimize(term.data()); }));
  });
}
BENCHMARK(analyze)->ArgName("lang")->Arg(0)->Arg(1);

void find_citations(benchmark::State& state) {
  const auto& t = texts(static_cast<Language>(state.range(0)));
  over_texts(state, t.original, t.bytes, [](const std::string& s) { benchmark::DoNotOptimize(text::find_citations(s, Body::ga)); });
}
BENCHMARK(find_citations)->ArgName("lang")->Arg(0)->Arg(1);

void verify_phrase(benchmark::State& state) {
  const auto& t = texts(static_cast<Language>(state.range(0)));
  const std::string phrase = state.range(0) ? "extinguished lighthouses" : "熄灭灯塔";
  over_texts(state, t.folded, t.bytes, [&](const std::string& s) { benchmark::DoNotOptimize(text::find_phrase(s, phrase)); });
}
BENCHMARK(verify_phrase)->ArgName("lang")->Arg(0)->Arg(1);

void snippet(benchmark::State& state) {
  const auto& t = texts(static_cast<Language>(state.range(0)));
  const search::Highlighter marks(search::parse_query(state.range(0) ? "lighthouse keepers" : "灯塔看守人"));
  over_texts(state, t.original, t.bytes, [&](const std::string& s) { benchmark::DoNotOptimize(marks.snippets(s, 300, 2)); });
}
BENCHMARK(snippet)->ArgName("lang")->Arg(0)->Arg(1);

// Everything, and every facet of it; items are paragraphs.
void count_facets(benchmark::State& state) {
  static const auto searcher = [] {
    const std::string folder = std::filesystem::temp_directory_path() / ("resolute-micro-" + std::to_string(::getpid()));
    indexer::index_files({folder, {RESOLUTE_SAMPLES}});
    auto opened = std::make_unique<search::Searcher>(search::Generation::open(folder));
    std::filesystem::remove_all(folder);  // it stays mapped
    return opened;
  }();
  search::SearchRequest request;
  request.limit = 0;
  request.facets = search::default_facets();
  if (state.range(0)) request.q = "\"lighthouse\"";
  for (auto _ : state) benchmark::DoNotOptimize(searcher->search(request).total);
  state.SetItemsProcessed(static_cast<int64_t>(state.iterations()) * static_cast<int64_t>(searcher->generation().manifest().paragraphs));
}
BENCHMARK(count_facets)->ArgName("quoted")->Arg(0)->Arg(1);

// Whole files to documents, from memory: AKN4UN and PDF. RESOLUTE_BENCH_FILES names a file or folder to
// read instead of the samples.
void read_files(benchmark::State& state, indexer::Format format, indexer::Reading (*read)(const std::string&, std::string_view)) {
  const char* given = std::getenv("RESOLUTE_BENCH_FILES");
  std::vector<std::pair<std::string, std::string>> files;
  int64_t bytes = 0;
  for (const auto& input : indexer::list_files({given ? given : RESOLUTE_SAMPLES})) {
    std::ifstream in(input.container, std::ios::binary);
    std::ostringstream content;
    content << in.rdbuf();
    if (indexer::detect_format(content.view()) != format) continue;
    files.emplace_back(input.path, content.str());
    bytes += static_cast<int64_t>(files.back().second.size());
  }
  for (auto _ : state)
    for (const auto& [path, content] : files) benchmark::DoNotOptimize(read(path, content));
  state.SetBytesProcessed(static_cast<int64_t>(state.iterations()) * bytes);
  state.SetItemsProcessed(static_cast<int64_t>(state.iterations() * files.size()));
}
BENCHMARK_CAPTURE(read_files, akn, indexer::Format::akn, indexer::read_akn)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(read_files, text, indexer::Format::text, indexer::read_text)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(read_files, pdf, indexer::Format::pdf, indexer::read_pdf)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
