#include "schemas/postings.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace resolute {
namespace {

std::vector<Posting> random_list(size_t size, uint32_t most_gap, uint32_t most_count, std::mt19937& random) {
  std::vector<Posting> list;
  uint64_t id = random() % 3 ? random() % (most_gap + uint64_t{1}) : 0;
  for (size_t i = 0; i < size; ++i) {
    list.push_back({static_cast<uint32_t>(id), 1 + static_cast<uint32_t>(random() % most_count)});
    id += 1 + random() % (most_gap + uint64_t{1});
    if (id >= 0x7FFFFFFF) break;
  }
  return list;
}

// Padded as a section is.
struct Encoded {
  explicit Encoded(const std::vector<Posting>& list) {
    encode_postings(list, bytes);
    size = bytes.size();
    bytes.append(kPostingPadding, '\x5A');
    count = static_cast<uint32_t>(list.size());
  }
  PostingCursor cursor() const { return PostingCursor(std::string_view(bytes).substr(0, size), count); }
  std::string bytes;
  size_t size = 0;
  uint32_t count = 0;
};

TEST(Postings, ComeBackAsTheyWere) {
  std::mt19937 random(1);
  for (const size_t size : {0, 1, 2, 127, 128, 129, 255, 256, 257, 1000})
    for (const uint32_t gap : {0u, 1u, 2u, 100u, 65535u, 1u << 20})
      for (const uint32_t most : {1u, 2u, 300u}) {
        const auto list = random_list(size, gap, most, random);
        const Encoded encoded(list);
        auto cursor = encoded.cursor();
        for (const auto& p : list) {
          ASSERT_EQ(cursor.next(), p.id);
          ASSERT_EQ(cursor.count(), p.count);
        }
        EXPECT_EQ(cursor.next(), PostingCursor::kEnd);
        EXPECT_EQ(cursor.next(), PostingCursor::kEnd);
        EXPECT_EQ(cursor.seek(0), PostingCursor::kEnd);
      }
}

TEST(Postings, HoldTheWidestGaps) {
  for (const auto& list : std::vector<std::vector<Posting>>{
           {{0, 1}}, {{0x7FFFFFFE, 7}}, {{0, 1}, {1u << 30, 2}}, {{(1u << 30) - 1, 1}, {0x7FFFFFFE, 0xFFFFFFFF}}, {{5, 0xFFFFFFFF}}}) {
    const Encoded encoded(list);
    auto cursor = encoded.cursor();
    for (const auto& p : list) {
      ASSERT_EQ(cursor.next(), p.id);
      ASSERT_EQ(cursor.count(), p.count);
    }
    EXPECT_EQ(cursor.next(), PostingCursor::kEnd);
  }
  // In a packed block too: ids and counts of every width.
  for (uint32_t bits = 0; bits < 24; ++bits) {
    std::vector<Posting> list;
    uint32_t id = (1u << bits) - 1;
    for (size_t i = 0; i < 128; ++i, id += (i % 7 ? 1 : 1u << bits)) list.push_back({id, 1 + (i % 5 ? 0 : (1u << bits) - 1)});
    list.push_back({id + (1u << 30), 3});
    const Encoded encoded(list);
    auto cursor = encoded.cursor();
    for (const auto& p : list) {
      ASSERT_EQ(cursor.next(), p.id) << bits;
      ASSERT_EQ(cursor.count(), p.count) << bits;
    }
    EXPECT_EQ(cursor.next(), PostingCursor::kEnd);
  }
}

TEST(Postings, SeekAgreesWithAPlainList) {
  std::mt19937 random(2);
  for (int round = 0; round < 400; ++round) {
    const size_t sizes[] = {0, 1, 127, 128, 129, 1000, random() % 3000};
    const auto list = random_list(sizes[round % 7], 1u << (random() % 21), 4, random);
    const Encoded encoded(list);
    auto cursor = encoded.cursor();
    uint32_t now = 0;
    const uint32_t last = list.empty() ? 100 : list.back().id;
    for (int step = 0; step < 60; ++step) {
      // Forward by little or much, sometimes exactly onto a posting, sometimes back: a seek never goes back.
      const uint32_t target = step % 5 == 4 && !list.empty() ? list[random() % list.size()].id : now + static_cast<uint32_t>(random() % (last / 30 + 2));
      const auto expected = std::lower_bound(list.begin(), list.end(), std::max(target, now), [](const Posting& p, uint32_t t) { return p.id < t; });
      const uint32_t got = cursor.seek(target);
      if (expected == list.end()) {
        ASSERT_EQ(got, PostingCursor::kEnd);
        break;
      }
      ASSERT_EQ(got, expected->id);
      ASSERT_EQ(cursor.count(), expected->count);
      now = got;
      if (step % 3 == 0) {
        const uint32_t next = cursor.next();
        const auto after = expected + 1;
        ASSERT_EQ(next, after == list.end() ? PostingCursor::kEnd : after->id);
        if (next == PostingCursor::kEnd) break;
        now = next;
      }
    }
  }
}

TEST(Postings, CostLittle) {
  std::vector<Posting> dense;
  for (uint32_t i = 0; i < 12800; ++i) dense.push_back({i, 1});
  std::string bytes;
  encode_postings(dense, bytes);
  EXPECT_LE(bytes.size(), 100 * 10u + 4);  // ten bytes a block
}

}  // namespace
}  // namespace resolute
