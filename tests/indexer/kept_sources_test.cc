// The bytes of files, kept with the documents that were read from them.
#include <gtest/gtest.h>

#include <map>

#include "indexer/copies.h"
#include "indexer/index_writer.h"
#include "schemas/error.h"
#include "search/generation.h"
#include "search/verify.h"
#include "tests/samples.h"
#include "tests/thrown.h"

namespace resolute::indexer {
namespace {

namespace fs = std::filesystem;
using test::sample;
using test::slurp;
using test::spill;
using test::TemporaryFolder;

IndexReport index_keeping(const std::string& folder, std::vector<std::string> paths, KeepSources keep, Prune prune = Prune::no) {
  IndexOptions o;
  o.index = folder;
  o.paths = std::move(paths);
  o.jobs = 2;
  o.keep_sources = keep;
  o.prune = prune;
  return index_files(o);
}

// Of each document its source, "(none)" where there is none.
std::map<std::string, std::string> sources(const std::string& folder) {
  const auto g = search::Generation::open(folder);
  std::map<std::string, std::string> out;
  for (const auto& s : g->segments())
    for (const DocumentId d : s->all_documents()) {
      if (s->deleted(d)) continue;
      EXPECT_EQ(s->has_source(d), s->source(d).has_value());
      out[s->id(d)] = s->source(d).value_or("(none)");
    }
  return out;
}

TEST(KeptSources, AreTheBytesAsRead) {
  const TemporaryFolder folder;
  index_keeping(folder / "index", {sample("akn"), sample("jsonl"), sample("archive")}, KeepSources::yes);
  const auto g = search::Generation::open(folder / "index");
  size_t files = 0, members = 0;
  for (const auto& s : g->segments())
    for (const DocumentId d : s->all_documents()) {
      const auto path = s->document(d).path;
      ASSERT_TRUE(s->has_source(d)) << path;
      if (fs::is_regular_file(path)) {
        EXPECT_EQ(*s->source(d), slurp(path)) << path;
        ++files;
      } else {
        EXPECT_TRUE(s->source(d)->find(s->identifier(d).substr(0, 5)) != std::string::npos) << path;
        ++members;
      }
    }
  EXPECT_GT(files, 40u);
  EXPECT_GT(members, 0u);
}

TEST(KeptSources, OfOneFileAreStoredOnce) {
  const TemporaryFolder folder;
  std::string lines;
  for (int i = 0; i < 50; ++i)
    lines += R"({"symbol":"A/RES/91/)" + std::to_string(900 + i) + R"(","lang":"en","text":"The General Assembly,\n\n1. Decides to light lamp )" +
             std::to_string(i) + R"(.\n"})" + "\n";
  spill(folder / "in/all.jsonl", lines);
  index_keeping(folder / "index", {folder / "in"}, KeepSources::yes);
  const auto kept = sources(folder / "index");
  ASSERT_EQ(kept.size(), 50u);
  for (const auto& [id, bytes] : kept) EXPECT_EQ(bytes, lines) << id;
  const auto entry = read_published(folder / "index").segments.at(0);
  EXPECT_LT(entry.source_bytes, lines.size() + 2000);
  EXPECT_EQ(entry.source_bytes, fs::file_size(kept_sources_path(folder / "index", entry.name)));
}

TEST(KeptSources, StayWithTheirDocumentsThroughUpdates) {
  const TemporaryFolder folder;
  std::map<std::string, std::string> expected;
  // File by file, so that segments are merged. Asked for with the fourth, sources are there of all before and of all that follow.
  size_t n = 0;
  for (const auto& e : fs::directory_iterator(sample("akn"))) {
    const auto name = e.path().filename().string();
    fs::create_directories(folder / "in");
    fs::copy(e.path(), (folder / "in/") + name);
    const auto r = index_keeping(folder / "index", {folder / "in"}, ++n == 4 ? KeepSources::yes : KeepSources::no);
    EXPECT_EQ(r.unchanged, n == 4 ? 0 : n - 1) << name;
    const auto now = sources(folder / "index");
    ASSERT_EQ(now.size(), n);
    for (const auto& [id, bytes] : now) expected.try_emplace(id, slurp(e.path()));
    for (const auto& [id, bytes] : now) EXPECT_EQ(bytes, n < 4 ? "(none)" : expected.at(id)) << name << ", " << id;
  }
  EXPECT_LT(read_published(folder / "index").segments.size(), n) << "some were merged";
  search::verify_generation(*search::Generation::open(folder / "index"));
}

TEST(KeptSources, AreThoseOfTheFileThatWins) {
  const TemporaryFolder folder;
  const std::string first = slurp(sample("akn/A_RES_91_12-E.xml")), second = first + "\n";
  spill(folder / "in/a.xml", first);
  index_keeping(folder / "index", {folder / "in"}, KeepSources::yes);
  spill(folder / "in/a.xml", second);
  index_keeping(folder / "index", {folder / "in"}, KeepSources::yes);
  EXPECT_EQ(sources(folder / "index").at("A/RES/91/12@en"), second);
  spill(folder / "in/b.xml", first);  // claims as well, and comes later
  index_keeping(folder / "index", {folder / "in"}, KeepSources::yes);
  EXPECT_EQ(sources(folder / "index").at("A/RES/91/12@en"), second);
  fs::remove(folder / "in/a.xml");
  index_keeping(folder / "index", {folder / "in"}, KeepSources::yes, Prune::yes);
  EXPECT_EQ(sources(folder / "index").at("A/RES/91/12@en"), first);
}

TEST(KeptSources, GoWithCopiesAndBackups) {
  const TemporaryFolder folder;
  index_keeping(folder / "index", {sample("akn")}, KeepSources::yes);
  const auto expected = sources(folder / "index");
  const auto copied = copy_generation(folder / "index", folder / "copy", false);
  publish_copy(folder / "copy", copied.revision);
  EXPECT_EQ(sources(folder / "copy"), expected);
  write_backup(folder / "index", folder / "backup.tar");
  const auto restored = read_backup(folder / "backup.tar", folder / "restored");
  publish_copy(folder / "restored", restored.revision);
  EXPECT_EQ(sources(folder / "restored"), expected);
}

TEST(KeptSources, AreNotThereUnlessAsked) {
  const TemporaryFolder folder;
  index_keeping(folder / "index", {sample("akn")}, KeepSources::no);
  for (const auto& e : read_published(folder / "index").segments) {
    EXPECT_EQ(e.source_bytes, 0u);
    EXPECT_FALSE(fs::exists(kept_sources_path(folder / "index", e.name)));
  }
}

TEST(KeptSources, ThatAreDamagedAreNotGivenOut) {
  const TemporaryFolder folder;
  index_keeping(folder / "index", {sample("akn/A_RES_91_12-E.xml")}, KeepSources::yes);
  const auto path = kept_sources_path(folder / "index", read_published(folder / "index").segments.at(0).name);
  const auto g = search::Generation::open(folder / "index");
  std::string bytes = slurp(path);
  bytes[100] = static_cast<char>(bytes[100] ^ 8);
  spill(path, bytes);
  // The rest of the index is served.
  const auto after = search::Generation::open(folder / "index");
  EXPECT_EQ(after->segment(0).identifier(DocumentId(0)), "A/RES/91/12");
  EXPECT_EQ(thrown([&] { static_cast<void>(after->segment(0).source(DocumentId(0))); }), ErrorKind::corrupt);
  EXPECT_EQ(thrown([&] { search::verify_kept_sources(*after); }), ErrorKind::corrupt);
}

}  // namespace
}  // namespace resolute::indexer
