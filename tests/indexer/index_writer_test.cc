#include "indexer/index_writer.h"

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <chrono>
#include <nlohmann/json.hpp>
#include <random>
#include <set>
#include <thread>

#include "schemas/document_json.h"
#include "schemas/error.h"
#include "schemas/manifest.h"
#include "search/generation.h"
#include "search/verify.h"
#include "tests/indexer/indexing.h"
#include "tests/samples.h"
#include "tests/thrown.h"
#include "text/normalize.h"

namespace resolute::indexer {
namespace {

namespace fs = std::filesystem;
using test::sample;
using test::slurp;
using test::spill;
using test::TemporaryFolder;

std::string text_of(const std::map<std::string, Document>& all, const std::string& id) {
  const auto it = all.find(id);
  return it == all.end() ? "(none)" : it->second.paragraphs.at(0).text;
}

// Times differ by more than a clock's tick.
void touch(const std::string& path, int seconds) { fs::last_write_time(path, fs::file_time_type::clock::now() + std::chrono::seconds(seconds)); }

TEST(IndexWriter, KnowsFilesByNamesThatAreNoUtf8) {
  const TemporaryFolder folder, files;
  const std::string file = files / "n\xff.jsonl";
  spill(file, line("A/RES/90/1", "1. Decides to light the lamp;"));
  EXPECT_EQ(index(folder / "i", {files / "."}).added, 1u);
  EXPECT_EQ(index(folder / "i", {files / "."}).unchanged, 1u);
  spill(file, line("A/RES/90/1", "1. Decides to put the lamp out at dawn;"));
  const auto r = index(folder / "i", {files / "."});
  EXPECT_EQ(r.replaced, 1u);
  EXPECT_EQ(r.duplicate, 0u);
  expect_sums(r);
}

TEST(IndexWriter, NamesADocumentThatStandsTwiceInOneFile) {
  const TemporaryFolder folder, files;
  const std::string file = files / "two.jsonl";
  spill(file, line("A/RES/90/1", "Zinnias;") + line("A/RES/90/1", "Elms;") + line("A/RES/90/2", "Yews;"));
  const auto r = index(folder / "i", {files / "."});
  EXPECT_EQ(r.added, 1u);
  ASSERT_EQ(r.duplicates.size(), 1u);
  EXPECT_EQ(r.duplicates[0].id, "A/RES/90/1@en");
  EXPECT_EQ(r.duplicates[0].path, r.duplicates[0].winner);
  EXPECT_EQ(print_report(r)["duplicate"]["documents"], 1);
  expect_sums(r);
}

TEST(IndexWriter, WaitsForAPipeNoLongerThanItIsWanted) {
  const TemporaryFolder folder;
  const std::string pipe = folder / "p.xml";
  ASSERT_EQ(mkfifo(pipe.c_str(), 0600), 0);
  std::atomic<bool> stop = false;
  IndexOptions o;
  o.index = folder / "i";
  o.paths = {pipe};
  o.stop = &stop;
  std::thread stops([&] {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    stop = true;
  });
  EXPECT_EQ(thrown([&] { index_files(o); }), ErrorKind::unavailable);  // nobody writes to it
  stops.join();
}

TEST(IndexFiles, CountsEveryFileOnce) {
  const TemporaryFolder folder;
  const auto r = index(folder / "index", {RESOLUTE_SAMPLES});
  expect_sums(r);
  EXPECT_TRUE(r.published);
  EXPECT_EQ(r.replaced, 0u);
  EXPECT_EQ(r.unchanged, 0u);
  EXPECT_EQ(r.duplicate, 1u);  // duplicate_claim.xml
  ASSERT_EQ(r.duplicates.size(), 1u);
  EXPECT_NE(r.duplicates[0].path.find("duplicate_claim.xml"), std::string::npos);
  EXPECT_NE(r.duplicates[0].winner.find("A_RES_91_12-E.xml"), std::string::npos);
  EXPECT_EQ(r.duplicates[0].id, "A/RES/91/12@en");
  EXPECT_EQ(r.archives, 6u);  // five of broken/, nested.zip once
  const auto all = everything(folder / "index");
  EXPECT_EQ(all.size(), r.documents);
  EXPECT_EQ(r.documents_added, r.documents);
  for (const auto& d : test::sample_documents()) EXPECT_TRUE(all.count(d.id())) << d.id();
  // The report in words.
  const auto json = print_report(r);
  EXPECT_EQ(json["files"], r.files);
  EXPECT_EQ(json["rejected"]["list"].size(), r.rejections.size());
  EXPECT_EQ(json["duplicate"]["count"], 1);
  EXPECT_FALSE(json["duplicate"]["rule"].get<std::string>().empty());
}

TEST(IndexFiles, KeepsWhatTheReadersGave) {
  const TemporaryFolder folder;
  index(folder / "index", {sample("akn"), sample("text"), sample("archive"), sample("jsonl")});
  const auto all = everything(folder / "index");
  for (const auto& d : test::sample_documents()) {
    const auto it = all.find(d.id());
    ASSERT_NE(it, all.end()) << d.id();
    if (it->second.path != d.path) continue;  // another file won
    auto stored = print_document(it->second), read = print_document(d);
    read.erase("furniture");  // not kept
    for (auto* o : {&stored, &read})
      for (auto& p : (*o)["paragraphs"]) p.erase("parallel"), p.erase("parallel_confidence");
    EXPECT_EQ(stored.dump(), read.dump()) << d.id();
  }
}

TEST(IndexFiles, LeavesUnchangedFilesAlone) {
  const TemporaryFolder folder;
  const auto first = index(folder / "index", {RESOLUTE_SAMPLES});
  const auto second = index(folder / "index", {RESOLUTE_SAMPLES});
  expect_sums(second);
  EXPECT_FALSE(second.published);
  EXPECT_EQ(second.revision, first.revision);
  EXPECT_EQ(second.files, first.files);
  EXPECT_EQ(second.unchanged, first.added + first.joined);
  EXPECT_EQ(second.added + second.replaced, 0u);
  EXPECT_EQ(second.rejected, first.rejected);
  EXPECT_EQ(second.duplicate, first.duplicate);
  EXPECT_EQ(second.documents, first.documents);
  EXPECT_EQ(second.input_bytes, 0u);
}

TEST(IndexFiles, ReplacesTouchedAndChangedFiles) {
  const TemporaryFolder folder;
  spill(folder / "in/a.jsonl", line("lamp-1", "The first lamp."));
  spill(folder / "in/b.jsonl", line("lamp-2", "The second lamp."));
  index(folder / "index", {folder / "in"});
  touch(folder / "in/a.jsonl", 10);
  auto r = index(folder / "index", {folder / "in"});
  expect_sums(r);
  EXPECT_EQ(r.replaced, 1u);
  EXPECT_EQ(r.unchanged, 1u);
  EXPECT_TRUE(r.published);
  EXPECT_EQ(r.revision, 2u);
  spill(folder / "in/a.jsonl", line("lamp-1", "Another lamp altogether.") + line("lamp-3", "A third lamp."));
  r = index(folder / "index", {folder / "in"});
  expect_sums(r);
  EXPECT_EQ(r.replaced, 1u);
  EXPECT_EQ(r.documents_added, 1u);
  EXPECT_EQ(r.documents_replaced, 1u);
  auto all = everything(folder / "index");
  EXPECT_EQ(all.size(), 3u);
  EXPECT_EQ(text_of(all, "lamp-1@en"), "Another lamp altogether.");
  // A document that its file no longer holds is gone.
  spill(folder / "in/a.jsonl", line("lamp-3", "A third lamp."));
  r = index(folder / "index", {folder / "in"});
  EXPECT_EQ(r.removed, std::vector<std::string>{"lamp-1@en"});
  EXPECT_EQ(everything(folder / "index").size(), 2u);
  // A file that is none any more.
  spill(folder / "in/a.jsonl", "{");
  r = index(folder / "index", {folder / "in"});
  expect_sums(r);
  EXPECT_EQ(r.rejected, 1u);
  EXPECT_EQ(r.removed, std::vector<std::string>{"lamp-3@en"});
  r = index(folder / "index", {folder / "in"});
  expect_sums(r);
  EXPECT_EQ(r.rejected, 1u);
  EXPECT_FALSE(r.published);
}

TEST(IndexFiles, DropsDocumentsOfMissingFilesOnlyWhenAsked) {
  const TemporaryFolder folder;
  spill(folder / "in/a.jsonl", line("lamp-1", "The first lamp."));
  spill(folder / "in/b.jsonl", line("lamp-2", "The second lamp."));
  index(folder / "index", {folder / "in"});
  fs::remove(folder / "in/a.jsonl");
  auto r = index(folder / "index", {folder / "in"});
  EXPECT_FALSE(r.published);
  EXPECT_EQ(r.files, 1u);
  EXPECT_EQ(everything(folder / "index").size(), 2u);
  r = index(folder / "index", {folder / "in"}, Prune::yes);
  expect_sums(r);
  EXPECT_TRUE(r.published);
  EXPECT_EQ(r.removed, std::vector<std::string>{"lamp-1@en"});
  EXPECT_EQ(everything(folder / "index").size(), 1u);
  // The last one too.
  fs::remove(folder / "in/b.jsonl");
  r = index(folder / "index", {folder / "in"}, Prune::yes);
  EXPECT_EQ(r.removed, std::vector<std::string>{"lamp-2@en"});
  EXPECT_EQ(everything(folder / "index").size(), 0u);
}

TEST(IndexFiles, LetsALosingFileTakeOver) {
  const TemporaryFolder folder;
  spill(folder / "in/a.jsonl", line("lamp-1", "By the first file."));
  spill(folder / "in/b.jsonl", line("lamp-1", "By the second file."));
  auto r = index(folder / "index", {folder / "in"});
  expect_sums(r);
  EXPECT_EQ(r.added, 1u);
  EXPECT_EQ(r.duplicate, 1u);
  EXPECT_EQ(text_of(everything(folder / "index"), "lamp-1@en"), "By the first file.");
  fs::remove(folder / "in/a.jsonl");
  r = index(folder / "index", {folder / "in"});
  expect_sums(r);
  EXPECT_EQ(text_of(everything(folder / "index"), "lamp-1@en"), "By the second file.");
  r = index(folder / "index", {folder / "in"}, Prune::yes);
  expect_sums(r);
  EXPECT_TRUE(r.removed.empty());
  EXPECT_EQ(text_of(everything(folder / "index"), "lamp-1@en"), "By the second file.");
  // And gives way again.
  spill(folder / "in/a.jsonl", line("lamp-1", "By the first file, once more."));
  r = index(folder / "index", {folder / "in"});
  expect_sums(r);
  EXPECT_EQ(r.duplicate, 1u);
  EXPECT_EQ(text_of(everything(folder / "index"), "lamp-1@en"), "By the first file, once more.");
  // The winner changes its mind: the other takes over without prune.
  spill(folder / "in/a.jsonl", line("lamp-9", "Now about another lamp, and longer."));
  index(folder / "index", {folder / "in"});
  const auto all = everything(folder / "index");
  EXPECT_EQ(text_of(all, "lamp-1@en"), "By the second file.");
  EXPECT_EQ(all.size(), 2u);
}

// A folder got another name, and a file in it was changed: what is gone does not win by its path.
TEST(IndexFiles, TakesWhatIsThereBeforeWhatIsGone) {
  const TemporaryFolder folder;
  spill(folder / "a/x.jsonl", line("A/RES/90/1", "1. Decides to light the lamp;") + line("A/RES/90/2", "1. Decides to keep the lamp;"));
  index(folder / "index", {folder / "a"});
  fs::rename(folder / "a", folder / "b");
  spill(folder / "b/x.jsonl", line("A/RES/90/1", "1. Decides to put the lamp out;") + line("A/RES/90/2", "1. Decides to keep the lamp;"));
  const auto r = index(folder / "index", {folder / "b"});
  expect_sums(r);
  EXPECT_EQ(r.duplicate, 0u);
  EXPECT_EQ(text_of(everything(folder / "index"), "A/RES/90/1@en"), "1. Decides to put the lamp out;");
  // One that had lost takes over once the winner is gone, without --prune too.
  const TemporaryFolder other;
  spill(other / "a.jsonl", line("A/RES/90/1", "1. Decides to light the lamp;"));
  spill(other / "b.jsonl", line("A/RES/90/1", "1. Decides to light two lamps;"));
  EXPECT_EQ(index(other / "index", {other / "a.jsonl", other / "b.jsonl"}).duplicate, 1u);
  fs::remove(other / "a.jsonl");
  index(other / "index", {other / "b.jsonl"});
  EXPECT_EQ(text_of(everything(other / "index"), "A/RES/90/1@en"), "1. Decides to light two lamps;");
}

TEST(IndexFiles, TakesABetterClaimWhereverItStands) {
  const TemporaryFolder folder;
  fs::create_directories(folder / "in");
  spill(folder / "in/a.jsonl", line("A/RES/91/12", "By the table."));
  index(folder / "index", {folder / "in"});
  EXPECT_EQ(text_of(everything(folder / "index"), "A/RES/91/12@en"), "By the table.");
  fs::copy_file(sample("akn/A_RES_91_12-E.xml"), folder / "in/z.xml");
  const auto r = index(folder / "index", {folder / "in"});
  expect_sums(r);
  EXPECT_EQ(everything(folder / "index").at("A/RES/91/12@en").format, "akn");
}

TEST(IndexFiles, AlignsLanguagesThatComeApart) {
  const TemporaryFolder folder;
  index(folder / "index", {sample("akn/A_RES_91_12-E.xml")});
  const auto alone = everything(folder / "index");
  for (const auto& p : alone.at("A/RES/91/12@en").paragraphs) EXPECT_EQ(p.parallel, "");
  const auto r = index(folder / "index", {sample("akn/A_RES_91_12-C.xml")});
  expect_sums(r);
  EXPECT_EQ(r.documents, 2u);
  const auto all = everything(folder / "index");
  size_t aligned = 0;
  for (const auto& p : all.at("A/RES/91/12@en").paragraphs) aligned += !p.parallel.empty();
  EXPECT_GE(aligned + 2, all.at("A/RES/91/12@en").paragraphs.size());
}

TEST(IndexFiles, GrowsFileByFileToTheSameState) {
  const TemporaryFolder folder;
  std::vector<std::string> files;
  for (const auto& f : list_files({sample("akn")})) files.push_back(f.container);
  for (size_t i = 0; i < files.size(); i += 6)
    expect_sums(index(folder / "step",
                      std::vector<std::string>(files.begin() + static_cast<long>(i), files.begin() + static_cast<long>(std::min(files.size(), i + 6)))));
  index(folder / "once", files);
  const auto a = everything(folder / "step"), b = everything(folder / "once");
  ASSERT_EQ(a.size(), b.size());
  for (const auto& [id, d] : a) EXPECT_EQ(print_document(d).dump(), print_document(b.at(id)).dump());
}

std::string segment_bytes(const std::string& folder) {
  const auto m = read_manifest(folder, read_current(folder));
  EXPECT_EQ(m.segments.size(), 1u);
  return slurp(segment_path(folder, m.segments.at(0).name));
}

TEST(IndexFiles, WritesTheSameBytesInAnyNumberOfThreads) {
  const TemporaryFolder folder;
  index(folder / "one", {RESOLUTE_SAMPLES}, Prune::no, Rebuild::no, 1);
  index(folder / "three", {RESOLUTE_SAMPLES}, Prune::no, Rebuild::no, 3);
  EXPECT_TRUE(segment_bytes(folder / "one") == segment_bytes(folder / "three"));
}

TEST(IndexFiles, WritesSeveralSegmentsThatHoldWhatOneWouldHold) {
  const TemporaryFolder folder;
  IndexOptions o;
  o.index = folder / "many";
  o.paths = {RESOLUTE_SAMPLES};
  o.most_wordings = 60;
  index_files(o);
  EXPECT_GT(read_manifest(folder / "many", 1).segments.size(), 3u);
  index(folder / "one", {RESOLUTE_SAMPLES});
  const auto many = everything(folder / "many"), one = everything(folder / "one");
  ASSERT_EQ(many.size(), one.size());
  for (const auto& [id, d] : one) EXPECT_EQ(print_document(many.at(id)).dump(), print_document(d).dump());
}

TEST(ClaimRank, PrefersTheBetterForm) {
  Document akn, mended, text, table;
  akn.format = mended.format = "akn";
  mended.warnings = {{WarningCode::ill_formed, {}}};
  text.format = "text";
  table.format = "jsonl";
  EXPECT_GT(claim_rank(akn), claim_rank(mended));
  EXPECT_GT(claim_rank(mended), claim_rank(text));
  EXPECT_GT(claim_rank(text), claim_rank(table));
}

}  // namespace
}  // namespace resolute::indexer
