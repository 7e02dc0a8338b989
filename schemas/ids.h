// Ordinals within a segment: of documents, paragraphs and wordings, each counted from 0.
//
// Each kind is a type of its own, so that none passes for another: an id is made from a number only by saying so, indexes an
// array as a number does, and compares with its own kind alone.
#pragma once

#include <cstdint>
#include <iterator>

namespace resolute {

template <typename Of>
class Id {
 public:
  constexpr Id() = default;
  constexpr explicit Id(uint32_t value) : value_(value) {}
  constexpr operator uint32_t() const { return value_; }
  constexpr Id& operator++() {
    ++value_;
    return *this;
  }
  friend constexpr bool operator==(Id a, Id b) { return a.value_ == b.value_; }
  friend constexpr auto operator<=>(Id a, Id b) { return a.value_ <=> b.value_; }
  template <typename Other>
  friend bool operator==(Id, Id<Other>) = delete;
  template <typename Other>
  friend auto operator<=>(Id, Id<Other>) = delete;

 private:
  uint32_t value_ = 0;
};

using DocumentId = Id<struct OfDocuments>;
using ParagraphId = Id<struct OfParagraphs>;
using WordingId = Id<struct OfWordings>;

// Ids one after another, from the first to before the end.
template <typename T>
class IdRange {
 public:
  class Iterator {
   public:
    using iterator_category = std::forward_iterator_tag;
    using value_type = T;
    using reference = T;
    using pointer = const T*;
    using difference_type = std::ptrdiff_t;
    constexpr Iterator() = default;
    constexpr explicit Iterator(T at) : at_(at) {}
    constexpr T operator*() const { return at_; }
    constexpr Iterator& operator++() {
      ++at_;
      return *this;
    }
    constexpr Iterator operator++(int) {
      const Iterator before = *this;
      ++at_;
      return before;
    }
    friend constexpr bool operator==(Iterator a, Iterator b) { return a.at_ == b.at_; }

   private:
    T at_;
  };

  constexpr IdRange(uint32_t begin, uint32_t end) : begin_(begin), end_(end) {}
  constexpr Iterator begin() const { return Iterator(begin_); }
  constexpr Iterator end() const { return Iterator(end_); }
  constexpr T front() const { return begin_; }
  constexpr uint32_t size() const { return end_ - begin_; }
  constexpr bool empty() const { return begin_ == end_; }

 private:
  T begin_, end_;
};

}  // namespace resolute
