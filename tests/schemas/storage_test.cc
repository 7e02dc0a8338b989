// Segment files, stored documents, manifests: what is written comes back, what is damaged says so.
#include <gtest/gtest.h>
#include <unistd.h>
#include <algorithm>
#include <filesystem>
#include <fstream>

#include <cstring>
#include <functional>
#include <random>
#include <thread>

#include "schemas/document_json.h"
#include "schemas/error.h"
#include "schemas/field.h"
#include "schemas/manifest.h"
#include "schemas/mapped_file.h"
#include "schemas/segment.h"
#include "schemas/store.h"
#include "tests/samples.h"
#include "tests/thrown.h"

#include <nlohmann/json.hpp>

namespace resolute {
namespace {

const std::vector<uint32_t> kNumbers = {1, 2, 3, 0xFFFFFFFF, 5};
const std::vector<std::string> kWords = {"", "lamp", "lens", "灯塔", "灯塔看守人"};

void write_small(const std::string& path) {
  SectionWriter out(path);
  out.add("numbers", kNumbers);
  out.begin("odd");
  out.write("seven");
  out.write("77");
  out.end();
  out.begin("empty");
  out.end();
  out.add_strings("words", kWords);
  out.add("group", std::vector<uint32_t>{0, 2, 1, 1});
  out.add("group.begin", std::vector<uint32_t>{0, 1, 1, 4});
  out.finish();
}

// Everything a reader can say about the small file.
std::string describe(const SectionReader& in) {
  std::string out;
  for (const auto& [name, size] : in.sizes()) out += name + "=" + std::to_string(size) + ":" + std::string(in.bytes(name)) + ";";
  const Strings words(in, "words");
  for (size_t i = 0; i < words.size(); ++i) out += std::string(words[i]) + "|";
  const Groups groups(in, "group", 3);
  for (size_t i = 0; i < groups.size(); ++i) {
    for (const auto id : groups[i]) out += std::to_string(id) + ",";
    out += "/";
  }
  return out;
}

TEST(SegmentFile, GivesBackItsSections) {
  const test::TemporaryFolder folder;
  write_small(folder / "s.bin");
  for (const auto check : {SectionReader::Check::contents, SectionReader::Check::layout}) {
    const SectionReader in(folder / "s.bin", check);
    const auto numbers = in.array<uint32_t>("numbers");
    EXPECT_TRUE(std::equal(numbers.begin(), numbers.end(), kNumbers.begin(), kNumbers.end()));
    EXPECT_EQ(reinterpret_cast<uintptr_t>(numbers.data()) % 8, 0u);
    EXPECT_EQ(in.bytes("odd"), "seven77");
    EXPECT_EQ(in.bytes("empty"), "");
    EXPECT_TRUE(in.has("odd"));
    EXPECT_FALSE(in.has("even"));
    EXPECT_EQ(thrown([&] { in.bytes("even"); }), ErrorKind::corrupt);
    EXPECT_EQ(thrown([&] { in.array<uint32_t>("odd"); }), ErrorKind::corrupt);
    const Strings words(in, "words");
    ASSERT_EQ(words.size(), kWords.size());
    for (size_t i = 0; i < kWords.size(); ++i) {
      EXPECT_EQ(words[i], kWords[i]);
      EXPECT_EQ(words.find(kWords[i]), i);
    }
    EXPECT_EQ(words.find("lan"), words.size());
    EXPECT_EQ(words.lower_bound("lan"), 2u);
    EXPECT_EQ(words.lower_bound("\xFF"), words.size());
    const Groups groups(in, "group", 3);
    EXPECT_EQ(groups.size(), 3u);
    EXPECT_EQ(groups.total(), 4u);
    EXPECT_EQ(groups[1].size(), 0u);
    EXPECT_EQ(groups[2].size(), 3u);
    EXPECT_EQ(groups.begin(2), 1u);
    EXPECT_EQ(thrown([&] { Groups(in, "group", 2); }), ErrorKind::corrupt);
  }
}

TEST(SegmentFile, IsCorruptWhereverItIsCut) {
  const test::TemporaryFolder folder;
  write_small(folder / "s.bin");
  const std::string whole = test::slurp(folder / "s.bin");
  for (size_t n = 0; n < whole.size(); ++n) {
    test::spill(folder / "cut.bin", whole.substr(0, n));
    for (const auto check : {SectionReader::Check::contents, SectionReader::Check::layout})
      ASSERT_EQ(thrown([&] { SectionReader in(folder / "cut.bin", check); }), ErrorKind::corrupt) << n;
  }
  test::spill(folder / "cut.bin", whole + '\0');
  EXPECT_EQ(thrown([&] { SectionReader in(folder / "cut.bin"); }), ErrorKind::corrupt);
}

TEST(SegmentFile, IsCorruptOrTheSameWhereverAByteIsFlipped) {
  const test::TemporaryFolder folder;
  write_small(folder / "s.bin");
  const std::string whole = test::slurp(folder / "s.bin");
  const std::string expected = describe(SectionReader(folder / "s.bin"));
  size_t refused = 0;
  for (size_t at = 0; at < whole.size(); ++at)
    for (const int bit : {0, 3, 7}) {
      std::string damaged = whole;
      damaged[at] = static_cast<char>(damaged[at] ^ 1 << bit);
      test::spill(folder / "flip.bin", damaged);
      const auto kind = thrown([&] { ASSERT_EQ(describe(SectionReader(folder / "flip.bin")), expected) << at; });  // padding may differ
      if (kind) {
        ASSERT_EQ(*kind, ErrorKind::corrupt) << at;
        ++refused;
      }
    }
  EXPECT_GT(refused, whole.size() * 2);
}

TEST(SegmentFile, ThatIsMissingOrNoneIsRefused) {
  const test::TemporaryFolder folder;
  EXPECT_EQ(thrown([&] { SectionReader in(folder / "none.bin"); }), ErrorKind::corrupt);
  test::spill(folder / "text.bin", std::string(4096, 'x'));
  EXPECT_EQ(thrown([&] { SectionReader in(folder / "text.bin"); }), ErrorKind::corrupt);
  EXPECT_EQ(thrown([&] { SectionWriter out(folder / "no/such/folder.bin"); }), ErrorKind::unavailable);
}

TEST(SegmentFile, WithStringsOutOfOrderIsRefused) {
  const test::TemporaryFolder folder;
  const auto write = [&](const std::vector<uint32_t>& ends) {
    SectionWriter out(folder / "s.bin");
    out.begin("w");
    out.write("abcdef");
    out.end();
    out.add("w.at", ends);
    out.finish();
  };
  for (const auto& ends : std::vector<std::vector<uint32_t>>{{}, {0}, {0, 7}, {0, 4, 2, 6}, {0, 0xFFFFFFFF}, {0, 3}}) {
    write(ends);
    const SectionReader in(folder / "s.bin");
    EXPECT_EQ(thrown([&] { Strings(in, "w"); }), ErrorKind::corrupt);
  }
}

TEST(TextStore, GivesBackTextsOfManyBlocks) {
  const test::TemporaryFolder folder;
  std::mt19937 random(3);
  std::vector<std::string> texts;
  for (int i = 0; i < 3000; ++i) {
    std::string s;
    for (size_t n = i % 500 == 7 ? 40000 : random() % 60; n > 0; --n) s += static_cast<char>('a' + random() % 20);
    if (i % 11 == 0) s.clear();
    texts.push_back(std::move(s));
  }
  {
    SectionWriter out(folder / "s.bin");
    TextBlocks blocks;
    for (const auto& t : texts) blocks.add(t);
    blocks.finish(out, "t");
    TextBlocks none, blank;
    none.finish(out, "none");
    blank.add("");
    blank.add("");
    blank.finish(out, "blank");
    out.finish();
  }
  const SectionReader in(folder / "s.bin");
  const TextStore store(in, "t"), none(in, "none"), blank(in, "blank");
  ASSERT_EQ(store.size(), texts.size());
  EXPECT_EQ(none.size(), 0u);
  ASSERT_EQ(blank.size(), 2u);
  EXPECT_EQ(blank[1], "");
  for (size_t i = 0; i < texts.size(); ++i) ASSERT_EQ(store[i], texts[i]) << i;
  std::vector<std::thread> threads;
  for (unsigned t = 0; t < 3; ++t)
    threads.emplace_back([&, t] {
      std::mt19937 mine(t);
      for (int i = 0; i < 1500; ++i) {
        const size_t at = mine() % texts.size();
        ASSERT_EQ(store[at], texts[at]);
      }
    });
  for (auto& t : threads) t.join();
}

bool same(const Document& a, const Document& b) {
  return print_document(a).dump() == print_document(b).dump() && a.format == b.format && a.path == b.path &&
         encode_document(a, Texts::with) == encode_document(b, Texts::with);
}

TEST(StoredDocument, ComesBackAsItWas) {
  for (Document d : test::sample_documents()) {
    d.furniture.clear();  // is not kept
    EXPECT_TRUE(same(decode_document(encode_document(d, Texts::with)), d)) << d.id();
    Document bare = d;
    for (auto& p : bare.paragraphs) p.text.clear();
    EXPECT_TRUE(same(decode_document(encode_document(d, Texts::without)), bare)) << d.id();
  }
  EXPECT_TRUE(same(decode_document(encode_document(Document(), Texts::with)), Document()));
}

TEST(StoredDocument, IsCorruptOrADocumentWhateverItsBytes) {
  std::mt19937 random(4);
  const auto& documents = test::sample_documents();
  for (size_t d = 0; d < documents.size(); d += 7) {
    const std::string whole = encode_document(documents[d], Texts::without);
    const auto read = [&](const std::string& bytes) {
      const auto kind = thrown([&] { decode_document(bytes); });
      if (kind) { ASSERT_EQ(*kind, ErrorKind::corrupt); }
    };
    for (size_t n = 0; n < whole.size(); ++n) {
      ASSERT_EQ(thrown([&] { decode_document(std::string_view(whole).substr(0, n)); }), ErrorKind::corrupt) << n;
    }
    for (int i = 0; i < 1000; ++i) {
      std::string damaged = whole;
      for (size_t k = 1 + random() % 3; k > 0; --k) damaged[random() % damaged.size()] = static_cast<char>(random());
      read(damaged);
    }
    read(std::string(whole.size(), '\xFF'));
    read(std::string(whole.size(), '\x7F'));
  }
  EXPECT_EQ(thrown([] { decode_document(""); }), ErrorKind::corrupt);
}

Manifest small_manifest() {
  Manifest m;
  m.format = kFormatVersion;
  m.feature = kFeatureVersion;
  m.revision = 7;
  m.created = "2036-03-14T09:26:53Z";
  m.documents = 12;
  m.paragraphs = 345;
  m.segments = {{"7-100", 10, 300, {}, 5000, 600, 0xFFFFFFFFFFFFFFFFull}, {"3-99", 4, 50, {1, 3}, 70, 80, 9}};
  return m;
}

TEST(ManifestFile, ComesBackAsItWas) {
  const test::TemporaryFolder folder;
  const auto m = small_manifest();
  test::spill(generation_path(folder.path(), 7) + "/manifest.json", print_manifest(m));
  const auto again = read_manifest(folder.path(), 7);
  EXPECT_EQ(print_manifest(again), print_manifest(m));
  EXPECT_EQ(again.segments.at(1).deleted, (std::vector<uint32_t>{1, 3}));
  EXPECT_EQ(again.segments.at(0).entries_sum, 0xFFFFFFFFFFFFFFFFull);
  EXPECT_EQ(thrown([&] { read_manifest(folder.path(), 8); }), ErrorKind::not_found);
}

TEST(ManifestFile, IsCorruptWhereverItIsCutOrChanged) {
  const test::TemporaryFolder folder;
  const std::string path = generation_path(folder.path(), 7) + "/manifest.json";
  const std::string whole = print_manifest(small_manifest());
  for (size_t n = 0; n < whole.size(); ++n) {
    test::spill(path, whole.substr(0, n));
    ASSERT_EQ(thrown([&] { read_manifest(folder.path(), 7); }), ErrorKind::corrupt) << n;
    std::string damaged = whole;
    damaged[n] = static_cast<char>(damaged[n] ^ 1);
    test::spill(path, damaged);
    const auto kind = thrown([&] { ASSERT_EQ(print_manifest(read_manifest(folder.path(), 7)), whole); });
    if (kind) { ASSERT_EQ(*kind, ErrorKind::corrupt) << n; }
  }
}

TEST(ManifestFile, OfAnotherFormatIsRefused) {
  const test::TemporaryFolder folder;
  auto m = small_manifest();
  m.format = kFormatVersion + 1;
  test::spill(generation_path(folder.path(), 7) + "/manifest.json", print_manifest(m));
  EXPECT_EQ(thrown([&] { read_manifest(folder.path(), 7); }), ErrorKind::invalid);
  m = small_manifest();
  m.segments[0].name = "../../etc";
  test::spill(generation_path(folder.path(), 7) + "/manifest.json", print_manifest(m));
  EXPECT_EQ(thrown([&] { read_manifest(folder.path(), 7); }), ErrorKind::corrupt);
}

TEST(Current, IsANumberAndAChecksumOrAnError) {
  const test::TemporaryFolder folder;
  EXPECT_EQ(thrown([&] { read_current(folder.path()); }), ErrorKind::not_found);
  // Before format 3 there was no checksum: such an index is refused by its manifest, in words.
  for (const auto& [text, revision] : std::vector<std::pair<const char*, uint64_t>>{
           {"7\n", 7}, {"0\n", 0}, {"7 00000000000000ff\n", 7}, {"123456789012345678 0123456789abcdef\n", 123456789012345678}}) {
    test::spill(folder / "CURRENT", text);
    EXPECT_EQ(read_current(folder.path()), revision);
  }
  for (const char* text : {"", "\n", "7", "seven\n", "-7\n", "7 8\n", "0x7\n", "99999999999999999999\n", "7\nx", "..", "7/../8", "7 0123456789abcdeg\n",
                           "7 0123456789abcdef", "7 0123456789abcdef\n\n"}) {
    test::spill(folder / "CURRENT", text);
    EXPECT_EQ(thrown([&] { read_current(folder.path()); }), ErrorKind::corrupt) << text;
  }
}

TEST(Current, MeansOneManifest) {
  const test::TemporaryFolder folder;
  const auto m = small_manifest();
  test::spill(generation_path(folder.path(), 7) + "/manifest.json", print_manifest(m));
  const std::string whole = print_current(m);
  test::spill(folder / "CURRENT", whole);
  EXPECT_EQ(print_manifest(read_published(folder.path())), print_manifest(m));
  for (size_t n = 0; n < whole.size(); ++n)
    for (int bit = 0; bit < 8; ++bit) {
      std::string damaged = whole;
      damaged[n] = static_cast<char>(damaged[n] ^ 1 << bit);
      test::spill(folder / "CURRENT", damaged);
      EXPECT_NE(thrown([&] { read_published(folder.path()); }), std::nullopt) << damaged;
    }
}

TEST(WriteFileAtomically, ReplacesWholeOrFails) {
  const test::TemporaryFolder folder;
  write_file_atomically(folder / "f", "one");
  write_file_atomically(folder / "f", std::string(1 << 20, '2'));
  EXPECT_EQ(test::slurp(folder / "f"), std::string(1 << 20, '2'));
  EXPECT_EQ(thrown([&] { write_file_atomically(folder / "no/f", "x"); }), ErrorKind::unavailable);
  size_t files = 0;
  for (const auto& e : std::filesystem::directory_iterator(folder.path())) files += e.exists();
  EXPECT_EQ(files, 1u);  // nothing is left beside
}

TEST(MappedFile, OutlivesThatItIsCutOrWrittenTo) {
  const std::string path = (std::filesystem::temp_directory_path() / ("resolute-mapped-" + std::to_string(::getpid()))).string();
  const auto write = [&](size_t bytes, char filler) { std::ofstream(path, std::ios::binary) << std::string(bytes, filler); };
  write(100'000, 'x');
  survive_lost_pages();
  {
    const MappedFile file(path);
    EXPECT_TRUE(file.is(path));
    EXPECT_FALSE(file.broken());
    std::filesystem::resize_file(path, 5'000);
    EXPECT_FALSE(file.intact());
    EXPECT_EQ(file.bytes()[100], 'x');
    EXPECT_FALSE(file.broken());
    EXPECT_EQ(file.bytes()[90'000], '\0');  // would be SIGBUS
    EXPECT_TRUE(file.broken());
  }
  write(100'000, 'y');
  const MappedFile file(path);
  EXPECT_TRUE(file.intact()) << "another mapping in the same place";
  std::filesystem::remove(path);
  EXPECT_TRUE(file.intact()) << "a file that is deleted stays what it was";
  EXPECT_FALSE(file.is(path));
  EXPECT_EQ(file.bytes()[90'000], 'y');
  EXPECT_EQ(thrown([&] { const MappedFile gone(path); }), ErrorKind::corrupt);
}

}  // namespace
}  // namespace resolute
