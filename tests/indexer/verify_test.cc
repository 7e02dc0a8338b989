// Whatever byte of an index is another, verifying finds it.
#include "search/verify.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <map>
#include <random>

#include "indexer/index_writer.h"
#include "search/generation.h"
#include "tests/samples.h"
#include "tests/thrown.h"

namespace resolute::indexer {
namespace {

namespace fs = std::filesystem;

// As `resolute verify` does it for the published generation.
void verify(const std::string& index) {
  const auto g = search::Generation::open(index);
  search::verify_generation(*g);
  verify_sources(index, g->manifest());
}

// The files of the published generation by kind.
std::map<std::string, std::vector<std::string>> files_of(const std::string& index) {
  const std::string revision = std::to_string(read_current(index));
  std::map<std::string, std::vector<std::string>> out;
  for (const auto& e : fs::recursive_directory_iterator(index)) {
    if (!e.is_regular_file() || e.file_size() == 0) continue;
    const auto path = e.path().string();
    if (path.find("/generations/") != std::string::npos && path.find("/generations/" + revision + "/") == std::string::npos) continue;
    out[path.find("/lexicons/") != std::string::npos ? "lexicon" : e.path().filename().string()].push_back(path);
  }
  return out;
}

TEST(Verify, FindsEveryFlippedByteInEveryKindOfFile) {
  const test::TemporaryFolder folder;
  IndexOptions o;
  o.index = folder / "index";
  o.paths = {test::sample("akn"), test::sample("text"), test::sample("records"), test::sample("jsonl")};
  o.jobs = 2;
  o.keep_sources = KeepSources::yes;
  index_files(o);
  ASSERT_NO_THROW(verify(o.index));
  const auto files = files_of(o.index);
  for (const char* kind : {"CURRENT", "manifest.json", "sources.json", "entries", "segment.bin", "phrases.bin", "sources.bin", "lexicon"})
    ASSERT_TRUE(files.count(kind)) << kind;
  std::mt19937 random(20);
  size_t flips = 0;
  for (const auto& [kind, paths] : files)
    for (int i = 0; i < 72; ++i, ++flips) {
      const auto& path = paths[random() % paths.size()];
      const std::string whole = test::slurp(path);
      std::string damaged = whole;
      const size_t at = random() % whole.size();
      damaged[at] = static_cast<char>(damaged[at] ^ 1 << random() % 8);
      test::spill(path, damaged);
      EXPECT_NE(thrown([&] { verify(o.index); }), std::nullopt) << kind << " at byte " << at << " of " << whole.size();
      test::spill(path, whole);
    }
  EXPECT_GE(flips, 500u);
  EXPECT_NO_THROW(verify(o.index));
}

// A generation that was made badly, not damaged: every checksum is right.
TEST(Verify, ComparesWhatIsStoredTwice) {
  const test::TemporaryFolder folder;
  IndexOptions o;
  o.paths = {test::sample("akn")};
  o.index = folder / "one";
  index_files(o);
  o.index = folder / "other";
  o.paths = {test::sample("akn/A_RES_91_12-E.xml")};
  index_files(o);
  // The entries of another segment, with the manifest that says so.
  const auto one = read_published(folder / "one");
  auto other = read_published(folder / "other");
  const auto from = entries_path(folder / "one", one.segments[0].name), to = entries_path(folder / "other", other.segments[0].name);
  fs::copy_file(from, to, fs::copy_options::overwrite_existing);
  other.segments[0].entries_bytes = one.segments[0].entries_bytes;
  other.segments[0].entries_sum = one.segments[0].entries_sum;
  test::spill(generation_path(folder / "other", other.revision) + "/manifest.json", print_manifest(other));
  test::spill(folder / "other/CURRENT", print_current(other));
  EXPECT_EQ(thrown([&] { verify(folder / "other"); }), ErrorKind::corrupt);
}

}  // namespace
}  // namespace resolute::indexer
