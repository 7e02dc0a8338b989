// Tables of terms in Chinese and English, such as a thesaurus gives.
#pragma once

#include <memory>
#include <nlohmann/json_fwd.hpp>
#include <string>
#include <vector>

namespace resolute::indexer {

// A term in both languages, as given.
struct TermPair {
  std::string zh, en;
};

// The terms of one file; never changed once read and shared by copies.
class Terms {
 public:
  Terms() = default;
  explicit Terms(std::vector<TermPair>&& all) {
    all.shrink_to_fit();
    if (!all.empty()) all_ = std::make_shared<const std::vector<TermPair>>(std::move(all));
  }
  const TermPair* begin() const { return all_ ? all_->data() : nullptr; }
  const TermPair* end() const { return begin() + size(); }
  size_t size() const { return all_ ? all_->size() : 0; }
  bool empty() const { return size() == 0; }

 private:
  std::shared_ptr<const std::vector<TermPair>> all_;
};

inline constexpr size_t kMostTermBytes = 200;  // of a term; longer ones are refused
inline constexpr size_t kMostTerms = 200'000;  // of one table

}  // namespace resolute::indexer
