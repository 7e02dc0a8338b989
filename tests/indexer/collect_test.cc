#include "indexer/collect.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <set>

#include "tests/indexer/sound.h"
#include "tests/samples.h"

namespace resolute::indexer {
namespace {

using test::sample;
using test::slurp;
using test::spill;

struct Broken {
  const char* file;
  std::vector<const char*> documents;
  std::vector<const char*> reasons;
};

// samples/README.md says what is wrong with each.
TEST(Collect, GivesEveryBrokenFileItsOutcome) {
  const std::vector<Broken> all = {
      {"bad_lines.jsonl", {"A/RES/95/211@en", "A/RES/95/214@zh"}, {"malformed", "malformed", "malformed"}},
      {"binary.bin", {}, {}},
      {"bomb.zip", {}, {"archive-bomb"}},
      {"date_0001.xml", {"A/RES/95/215@en"}, {}},
      {"deep.xml", {}, {"nested-too-deep"}},
      {"duplicate_claim.xml", {"A/RES/91/12@en"}, {}},
      {"empty.xml", {}, {"empty"}},
      {"encrypted.zip", {}, {"encrypted"}},
      {"entity_bomb.xml", {}, {"entities"}},
      {"external_entity.xml", {"A/RES/95/203@en"}, {}},
      {"french.xml", {}, {"unsupported-language"}},
      {"huge_line.txt", {}, {}},
      {"ill_formed.xml", {"S/PRST/2038/11@en"}, {}},
      {"invalid_utf8.txt", {}, {"invalid-encoding"}},
      {"nested.zip", {}, {"nested-too-deep"}},
      {"no_symbol.xml", {}, {"no-symbol"}},
      {"not_a_zip.zip", {}, {}},
      {"nul_bytes.txt", {"S/RES/3998(2040)@en"}, {}},
      {"traversal.zip", {"A/RES/95/206@en", "A/RES/95/207@en"}, {}},
      {"truncated.xml", {"A/RES/95/201@en"}, {}},
      {"truncated.zip", {}, {"damaged-archive", "damaged-archive"}},
      {"unknown_form.md", {}, {}},
  };
  std::set<std::string> listed, present;
  for (const auto& e : std::filesystem::directory_iterator(sample("broken"))) present.insert(e.path().filename().string());
  for (const auto& b : all) {
    listed.insert(b.file);
    Collection read;
    collect(list_files({sample(std::string("broken/") + b.file)}), {}, read);
    std::vector<std::string> ids, reasons;
    for (const auto& s : read.documents) {
      ids.push_back(s.id);
      const auto d = read.load(s);
      expect_sound(d);
      for (const auto& p : d.paragraphs) {
        EXPECT_EQ(p.text.find("root:"), std::string::npos) << b.file;  // of /etc/passwd
        EXPECT_EQ(p.text.find('\0'), std::string::npos) << b.file;
      }
    }
    for (const auto& f : read.files) {
      for (const auto& r : f.rejections) {
        reasons.push_back(r.reason);
        EXPECT_FALSE(r.path.empty());
        EXPECT_FALSE(r.detail.empty());
      }
      EXPECT_EQ(f.outcome, !f.ids.empty() ? Outcome::documents : !f.rejections.empty() ? Outcome::rejected : Outcome::ignored) << f.path;
    }
    EXPECT_EQ(ids, std::vector<std::string>(b.documents.begin(), b.documents.end())) << b.file;
    EXPECT_EQ(reasons, std::vector<std::string>(b.reasons.begin(), b.reasons.end())) << b.file;
  }
  EXPECT_EQ(listed, present);
}

TEST(Collect, KeepsAllTextOfTheIllFormedStatement) {
  const auto reading = read_akn("x", slurp(sample("broken/ill_formed.xml")));
  ASSERT_EQ(reading.documents.size(), 1u);
  EXPECT_EQ(reading.documents[0].warnings, (std::vector<Warning>{{WarningCode::ill_formed, {}}}));
  EXPECT_EQ(read_akn("x", slurp(sample("broken/date_0001.xml"))).documents.at(0).date, "");
}

TEST(Collect, GivesTheSameInAnyNumberOfThreads) {
  const auto run = [](int jobs) {
    Collection read;
    CollectOptions o;
    o.jobs = jobs;
    collect(list_files({RESOLUTE_SAMPLES}), o, read);
    std::string out;
    for (const auto& f : read.files) {
      out += f.path + ":" + std::to_string(static_cast<int>(f.outcome));
      for (const auto& id : f.ids) out += "," + id;
      for (const auto& r : f.rejections) out += ";" + r.path + " " + r.reason + " " + r.location;
      out += "\n";
    }
    return out;
  };
  const auto one = run(1);
  EXPECT_EQ(run(3), one);
  EXPECT_EQ(run(8), one);
}

TEST(ListFiles, SortsAndLeavesOutHiddenAndDouble) {
  const test::TemporaryFolder folder;
  for (const char* name : {"b.txt", "a/c.txt", ".hidden", "a/.git/x", "a.txt"}) test::spill(folder / name, "x");
  std::filesystem::create_symlink(folder / "b.txt", folder / "link.txt");
  std::filesystem::create_symlink(folder / "nowhere", folder / "dangling.txt");
  std::vector<std::string> names;
  for (const auto& f : list_files({folder.path(), folder / "a.txt", folder / "a"})) names.push_back(f.container.substr(folder.path().size() + 1));
  EXPECT_EQ(names, (std::vector<std::string>{"a.txt", "a/c.txt", "b.txt", "link.txt"}));
  EXPECT_THROW(list_files({folder / "none"}), std::exception);
  EXPECT_TRUE(list_files({}).empty());
}

TEST(Collect, RejectsTheGiganticUnread) {
  const test::TemporaryFolder folder;
  spill(folder / "huge.txt", "");
  std::filesystem::resize_file(folder / "huge.txt", (4ull << 30) + 1);  // sparse
  spill(folder / "large.txt", "");
  std::filesystem::resize_file(folder / "large.txt", kMostFileBytes + 1);
  Collection read;
  collect(list_files({folder.path()}), {}, read);
  ASSERT_EQ(read.files.size(), 2u);
  for (const auto& f : read.files) {
    ASSERT_EQ(f.rejections.size(), 1u) << f.path;
    EXPECT_EQ(f.rejections[0].reason, "too-large");
  }
}

TEST(Collect, ShowsProgressThatNeverPassesTheWhole) {
  CollectOptions o;
  uint64_t last = 0, total = 0, times = 0;
  o.progress = [&](const Progress& p) {
    EXPECT_LE(p.done, p.total);
    EXPECT_GE(p.done, last);
    last = p.done;
    total = p.total;
    ++times;
  };
  Collection read;
  collect(list_files({RESOLUTE_SAMPLES}), o, read);
  EXPECT_EQ(last, total);
  EXPECT_GT(times, 50u);
}

}  // namespace
}  // namespace resolute::indexer
