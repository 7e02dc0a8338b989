// Damage, other writers, stops and kills: the last state stays.
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

TEST(IndexFiles, RefusesTheDamagedAndRebuildsIt) {
  const TemporaryFolder folder;
  const std::vector<std::string> paths = {sample("akn")};
  const auto good = index(folder / "index", paths);
  const auto damage = [&](const std::string& path, const std::string& bytes) {
    spill(path, bytes);
    const auto read = thrown([&] { everything(folder / "index"); }), written = thrown([&] { index(folder / "index", paths); });
    EXPECT_TRUE(read == ErrorKind::corrupt || read == ErrorKind::not_found) << path;
    EXPECT_TRUE(!written || written == ErrorKind::corrupt) << path;
    const auto r = index(folder / "index", paths, Prune::no, Rebuild::yes);
    expect_sums(r);
    EXPECT_TRUE(r.published);
    EXPECT_EQ(r.documents, good.documents);
    EXPECT_EQ(everything(folder / "index").size(), good.documents);
  };
  const auto current = [&] { return read_manifest(folder / "index", read_current(folder / "index")); };
  damage(folder / "index/CURRENT", "no number");
  damage(folder / "index/CURRENT", "4711\n");
  damage(generation_path(folder / "index", current().revision) + "/manifest.json", "{}");
  std::string segment = slurp(segment_path(folder / "index", current().segments.at(0).name));
  segment[segment.size() / 2] = static_cast<char>(segment[segment.size() / 2] ^ 1);
  damage(segment_path(folder / "index", current().segments.at(0).name), segment);
  damage(segment_path(folder / "index", current().segments.at(0).name), segment.substr(0, segment.size() / 2));
  // A missing segment is noticed by the writer.
  fs::remove(segment_path(folder / "index", current().segments.at(0).name));
  EXPECT_EQ(thrown([&] { index(folder / "index", paths); }), ErrorKind::corrupt);
  index(folder / "index", paths, Prune::no, Rebuild::yes);
}

TEST(IndexFiles, GoesOnFromTheNewestGenerationWhereCurrentIsGone) {
  const TemporaryFolder folder;
  const auto before = index(folder / "index", {sample("akn")});
  fs::remove(folder / "index/CURRENT");
  const auto after = index(folder / "index", {sample("jsonl")});
  EXPECT_GT(after.documents, before.documents);
  EXPECT_GT(after.revision, before.revision);
  ASSERT_EQ(after.notices.size(), 1u);
  EXPECT_NE(after.notices[0].find("CURRENT was gone"), std::string::npos) << after.notices[0];
  // Where none is whole, there is nothing to go on from.
  fs::remove(folder / "index/CURRENT");
  fs::remove_all(folder / "index/segments");
  EXPECT_EQ(index(folder / "index", {sample("jsonl")}).documents, after.documents - before.documents);
}

TEST(IndexFiles, ReadsAgainWhatADamagedTableOfSourcesSaysNothingOf) {
  const TemporaryFolder folder;
  fs::create_directory(folder / "in");
  const char* names[] = {"A_RES_91_12-E.xml", "A_RES_91_12-C.xml", "A_RES_92_15-E.xml"};
  for (const auto* name : names) fs::copy_file(sample("akn/" + std::string(name)), folder / "in/" + name);
  const auto good = index(folder / "index", {folder / "in"});
  ASSERT_EQ(good.documents, 3u);
  const auto sources = [&] { return generation_path(folder / "index", read_current(folder / "index")) + "/sources.json"; };
  for (const auto damage : {0, 1, 2}) {
    std::string bytes = slurp(sources());
    fs::remove(sources());                                    // generations share it
    if (damage == 0) bytes[bytes.find("A/RES/91/12")] = 'B';  // one letter of an id
    if (damage == 1) bytes = "[{]";
    if (damage < 2) spill(sources(), bytes);
    // One file alone is named: what came from the others stays.
    const auto r = index(folder / "index", {folder / "in/A_RES_92_15-E.xml"});
    EXPECT_EQ(r.notices.size(), 1u) << damage;
    EXPECT_TRUE(r.removed.empty()) << damage;
    EXPECT_EQ(r.documents, 3u) << damage;
    const auto again = index(folder / "index", {folder / "in"}, Prune::yes);
    EXPECT_TRUE(again.notices.empty()) << damage;
    EXPECT_EQ(again.documents, 3u) << damage;
    EXPECT_EQ(index(folder / "index", {folder / "in"}, Prune::yes).unchanged, 3u) << damage;
  }
  // Nor is the table of use to tell what is gone from what cannot be found.
  fs::remove(folder / "in/A_RES_91_12-C.xml");
  EXPECT_EQ(index(folder / "index", {folder / "in"}, Prune::yes).removed, std::vector<std::string>{"A/RES/91/12@zh"});
}

TEST(IndexFiles, SaysWhatTheWorldRefused) {
  const TemporaryFolder folder;
  EXPECT_EQ(thrown([&] { index(folder / "index", {folder / "none"}); }), ErrorKind::not_found);
  spill(folder / "file", "x");
  EXPECT_EQ(thrown([&] { index(folder / "file", {sample("jsonl")}); }), ErrorKind::unavailable);
  EXPECT_EQ(thrown([&] { index(folder / "file/index", {sample("jsonl")}); }), ErrorKind::unavailable);
  // Nothing at all is an index too.
  fs::create_directories(folder / "empty");
  const auto r = index(folder / "index", {folder / "empty"});
  EXPECT_EQ(r.files, 0u);
  EXPECT_EQ(r.documents, 0u);
  EXPECT_TRUE(everything(folder / "index").empty());
}

TEST(IndexFiles, AddsThePhrasesOfLargeSegmentsAfterwards) {
  const TemporaryFolder folder;
  index(folder / "at-once", {sample("akn")});
  EXPECT_EQ(read_current(folder / "at-once"), 1u);
  IndexOptions o;
  o.index = folder / "index";
  o.paths = {sample("akn")};
  o.most_wordings_at_once = 0;
  std::atomic<bool> stop = false;
  o.stop = &stop;
  o.progress = [&](const Progress& p) { stop = stop || std::string_view(p.phase) == "finding phrases"; };
  const auto r = index_files(o);
  EXPECT_LE(r.searchable_seconds, r.seconds);
  EXPECT_EQ(r.revision, 2u);
  EXPECT_EQ(read_manifest(folder / "index", 1).segments[0].phrase_bytes, 0u);
  const auto phrases = [&](const char* name) {
    return slurp(phrases_path(folder / name, read_manifest(folder / name, read_current(folder / name)).segments[0].name));
  };
  EXPECT_EQ(phrases("index"), phrases("at-once"));
  // A run that is stopped when all can be searched lacks them; the next one finds nothing else to do.
  o.rebuild = Rebuild::yes;
  stop = false;
  o.progress = [&](const Progress& p) { stop = stop || std::string_view(p.phase) == "writing"; };
  const auto interrupted = index_files(o);
  EXPECT_EQ(interrupted.revision, 3u);
  ASSERT_EQ(interrupted.notices.size(), 1u);
  EXPECT_TRUE(interrupted.notices[0].starts_with("interrupted: what was read is published")) << interrupted.notices[0];
  EXPECT_EQ(read_manifest(folder / "index", 3).segments[0].phrase_bytes, 0u);
  const auto next = index(folder / "index", {sample("akn")});
  EXPECT_EQ(next.revision, 4u);
  EXPECT_TRUE(next.published);
  EXPECT_EQ(phrases("index"), phrases("at-once"));
  EXPECT_EQ(everything(folder / "index").size(), everything(folder / "at-once").size());
}

TEST(IndexFiles, AllowsOneWriterAtATime) {
  const TemporaryFolder folder;
  index(folder / "index", {sample("jsonl")});
  std::optional<ErrorKind> second;
  IndexOptions o;
  o.index = folder / "index";
  o.paths = {sample("akn")};
  o.progress = [&](const Progress&) {
    if (!second) second = thrown([&] { index(folder / "index", {sample("jsonl")}); });
  };
  index_files(o);
  EXPECT_EQ(second, ErrorKind::unavailable);
  EXPECT_NO_THROW(index(folder / "index", {sample("jsonl")}));
}

TEST(IndexFiles, RemovesNothingThatBearsAnothersName) {
  const TemporaryFolder folder;
  for (const char* name : {"segments/mine", "generations/notes", "lexicons/words", "generations/99999999999999999999999"}) {
    fs::create_directories(folder / name);
    spill(std::string(folder / name) + "/kept.txt", "kept");
  }
  fs::create_directories(folder / "segments/7-1-0");  // of a run that ended before publishing
  index(folder.path(), {sample("akn")});
  for (const char* name : {"segments/mine", "generations/notes", "lexicons/words", "generations/99999999999999999999999"})
    EXPECT_EQ(slurp(std::string(folder / name) + "/kept.txt"), "kept") << name;
  EXPECT_FALSE(fs::exists(folder / "segments/7-1-0"));
}

TEST(IndexFiles, LeavesTheLastStateWhenStopped) {
  const TemporaryFolder folder;
  index(folder / "index", {sample("jsonl")});
  const auto before = everything(folder / "index");
  for (int after = 0; after < 80; after += 13) {
    std::atomic<bool> stop = after == 0;
    int calls = 0;
    IndexOptions o;
    o.index = folder / "index";
    o.paths = {sample("akn"), sample("text")};
    o.jobs = 3;
    o.stop = &stop;
    o.progress = [&](const Progress&) {
      if (++calls >= after) stop = true;
    };
    EXPECT_EQ(thrown([&] { index_files(o); }), ErrorKind::unavailable) << after;
    EXPECT_EQ(read_current(folder / "index"), 1u);
    EXPECT_EQ(everything(folder / "index").size(), before.size());
  }
  // A progress sink that throws ends the run as well.
  IndexOptions o;
  o.index = folder / "index";
  o.paths = {sample("akn")};
  o.progress = [](const Progress&) { throw std::runtime_error("enough"); };
  EXPECT_THROW(index_files(o), std::runtime_error);
  EXPECT_EQ(everything(folder / "index").size(), before.size());
  // What the stopped runs left goes with the next good one.
  index(folder / "index", {sample("akn")});
  size_t segments = 0;
  for (const auto& e : fs::directory_iterator(folder / "index/segments")) segments += e.is_directory();
  size_t named = 0;
  std::set<std::string> names;
  for (const auto& e : fs::directory_iterator(folder / "index/generations"))
    for (const auto& s : read_manifest(folder / "index", std::stoull(e.path().filename().string())).segments) named += names.insert(s.name).second;
  EXPECT_EQ(segments, named);
}

TEST(IndexFiles, LeavesTheLastStateWhenKilled) {
  const TemporaryFolder folder;
  index(folder / "index", {sample("jsonl")});
  const auto begin = std::chrono::steady_clock::now();
  index(folder / "other", {sample("akn")});
  const auto whole = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin).count();
  std::mt19937 random(12);
  size_t killed = 0;
  for (int round = 0; round < 15; ++round) {
    const pid_t child = fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      try {
        // Another set each time, so that there is always something to write.
        index(folder / "index", {round % 2 ? sample("akn") : sample("text")}, Prune::no, round % 3 ? Rebuild::no : Rebuild::yes, 2);
      } catch (...) { _exit(3); }
      _exit(0);
    }
    std::this_thread::sleep_for(std::chrono::microseconds(static_cast<long>(random() % static_cast<unsigned long>(whole + whole / 4))));
    kill(child, SIGKILL);
    int status = 0;
    ASSERT_EQ(waitpid(child, &status, 0), child);
    killed += WIFSIGNALED(status);
    EXPECT_TRUE(WIFSIGNALED(status) || WEXITSTATUS(status) == 0) << round;
    const auto all = everything(folder / "index");
    EXPECT_GE(all.size(), 6u);
    EXPECT_FALSE(testing::Test::HasFailure()) << "round " << round;
  }
  EXPECT_GT(killed, 3u);
  // And a later run mends what was left.
  const auto r = index(folder / "index", {sample("akn"), sample("jsonl"), sample("text")});
  expect_sums(r);
  everything(folder / "index");
}

}  // namespace
}  // namespace resolute::indexer
