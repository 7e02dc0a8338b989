// An index that a program of format 3 wrote, of three of the samples: refused, and written anew of what it holds.
#include <gtest/gtest.h>

#include <cstdlib>

#include "schemas/error.h"
#include "schemas/field.h"
#include "tests/indexer/indexing.h"
#include "tests/samples.h"
#include "tests/thrown.h"

namespace resolute::indexer {
namespace {

using test::sample;
using test::TemporaryFolder;

void unpack(const TemporaryFolder& folder) {
  const std::string tar = sample("../tests/indexer/index-format-3.tar.gz");
  ASSERT_EQ(std::system(("tar -xzf '" + tar + "' -C '" + folder.path() + "'").c_str()), 0);
}

IndexReport upgrade(const std::string& folder, std::vector<std::string> paths) {
  IndexOptions o;
  o.index = folder;
  o.paths = std::move(paths);
  o.rebuild = Rebuild::where_older;
  return index_files(o);
}

TEST(Upgrade, IsNeededForAnOlderFormat) {
  const TemporaryFolder folder;
  unpack(folder);
  try {
    search::Generation::open(folder / "index");
    ADD_FAILURE();
  } catch (const Error& e) {
    EXPECT_EQ(e.kind(), ErrorKind::invalid);
    EXPECT_NE(std::string_view(e.what()).find("--upgrade"), std::string_view::npos) << e.what();
  }
  EXPECT_EQ(thrown([&] { index(folder / "index", {sample("akn")}); }), ErrorKind::invalid);
}

TEST(Upgrade, CarriesOverWhatNoFileGivesAnyMore) {
  const TemporaryFolder folder;
  unpack(folder);
  const auto report = upgrade(folder / "index", {});
  EXPECT_TRUE(report.published);
  ASSERT_EQ(report.notices.size(), 1u);
  EXPECT_TRUE(report.notices[0].starts_with("the index of format 3 is written anew in format ")) << report.notices[0];
  EXPECT_EQ(read_published(folder / "index").format, kFormatVersion);
  const auto carried = everything(folder / "index");
  ASSERT_EQ(carried.size(), 6u);
  // What the samples themselves give today.
  index(folder / "fresh", {sample("akn/A_RES_91_12-C.xml"), sample("akn/A_RES_91_12-E.xml"), sample("akn/A_RES_92_15-C.xml"), sample("akn/A_RES_92_15-E.xml"),
                           sample("akn/S_RES_3917_2039-C.xml"), sample("akn/S_RES_3917_2039-E.xml")});
  for (const auto& [id, fresh] : everything(folder / "fresh")) {
    const auto old = carried.find(id);
    ASSERT_NE(old, carried.end()) << id;
    EXPECT_EQ(old->second.title, fresh.title);
    EXPECT_EQ(old->second.date, fresh.date);
    ASSERT_EQ(old->second.paragraphs.size(), fresh.paragraphs.size()) << id;
    for (size_t i = 0; i < fresh.paragraphs.size(); ++i) EXPECT_EQ(old->second.paragraphs[i].text, fresh.paragraphs[i].text) << id;
  }
  // From then on it is as any other.
  EXPECT_FALSE(upgrade(folder / "index", {}).published);
  EXPECT_EQ(index(folder / "index", {sample("akn/A_RES_91_33-E.xml")}).added, 1u);
  EXPECT_EQ(everything(folder / "index").size(), 7u);
}

TEST(Upgrade, ReadsAgainWhatIsNamed) {
  const TemporaryFolder folder;
  unpack(folder);
  const auto report = upgrade(folder / "index", {sample("akn")});
  EXPECT_EQ(report.added + report.replaced, report.files);
  EXPECT_EQ(report.unchanged, 0u);
  index(folder / "fresh", {sample("akn")});
  EXPECT_EQ(everything(folder / "index").size(), everything(folder / "fresh").size());
}

}  // namespace
}  // namespace resolute::indexer
