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

IndexReport index(const std::string& folder, std::vector<std::string> paths, Prune prune = Prune::no, Rebuild rebuild = Rebuild::no, int jobs = 2) {
  IndexOptions o;
  o.index = folder;
  o.paths = std::move(paths);
  o.jobs = jobs;
  o.prune = prune;
  o.rebuild = rebuild;
  return index_files(o);
}

void expect_sums(const IndexReport& r) {
  EXPECT_EQ(r.files, r.added + r.replaced + r.unchanged + r.joined + r.duplicate + r.ignored + r.rejected);
  EXPECT_EQ(r.ignored, r.ignored_paths.size());
}

// Every document of the published state, read whole; texts against their folded form.
std::map<std::string, Document> everything(const std::string& folder) {
  const auto g = search::Generation::open(folder);
  std::map<std::string, Document> out;
  uint64_t paragraphs = 0;
  std::string buffer;
  for (const auto& s : g->segments()) {
    for (const DocumentId d : s->all_documents()) {
      Document document = s->document(d);
      EXPECT_EQ(document.id(), s->id(d));
      if (s->deleted(d)) continue;
      paragraphs += document.paragraphs.size();
      EXPECT_TRUE(out.emplace(document.id(), std::move(document)).second) << s->id(d);
    }
    for (const WordingId w : s->all_wordings()) EXPECT_EQ(text::fold(s->text(w)), s->folded(w, buffer));
  }
  EXPECT_NO_THROW(search::verify_generation(*g));
  EXPECT_EQ(out.size(), g->manifest().documents);
  EXPECT_EQ(paragraphs, g->manifest().paragraphs);
  return out;
}

std::string line(const std::string& symbol, const std::string& text, const std::string& lang = "en") {
  return nlohmann::json({{"symbol", symbol}, {"lang", lang}, {"text", text}}).dump() + "\n";
}

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
  EXPECT_EQ(text_of(everything(folder / "index"), "lamp-1@en"), "By the first file.");
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
  EXPECT_EQ(index_files(o).revision, 3u);
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
