// Recent answers, the least recently used leaving first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace resolute::http {

// For any number of threads. An answer is found for the state of the index that it is of and for no other; those of older states are
// not asked for any more, and leave.
class AnswerCache {
 public:
  // At most `bytes` of keys and bodies; 0 keeps nothing.
  explicit AnswerCache(size_t bytes) : limit_(bytes) {}

  // `state`: the id of the generation (schemas/manifest.h).
  std::optional<std::string> find(uint64_t state, const std::string& key) {
    const std::lock_guard lock(mutex_);
    const auto it = places_.find(of(state, key));
    if (it == places_.end()) return std::nullopt;
    entries_.splice(entries_.begin(), entries_, it->second);
    return entries_.front().body;
  }

  void put(uint64_t state, const std::string& key, const std::string& body) {
    auto name = of(state, key);
    if (name.size() + body.size() > limit_ / 8) return;  // one answer is not worth all others
    const std::lock_guard lock(mutex_);
    if (places_.count(name)) return;
    held_ += name.size() + body.size();
    entries_.push_front({name, body});
    places_[std::move(name)] = entries_.begin();
    while (held_ > limit_) {
      const auto& last = entries_.back();
      held_ -= last.name.size() + last.body.size();
      places_.erase(last.name);
      entries_.pop_back();
    }
  }

 private:
  struct Entry {
    std::string name, body;
  };
  static std::string of(uint64_t state, const std::string& key) { return std::string(reinterpret_cast<const char*>(&state), sizeof state) + key; }
  const size_t limit_;
  std::mutex mutex_;
  std::list<Entry> entries_;
  std::unordered_map<std::string, std::list<Entry>::iterator> places_;
  size_t held_ = 0;
};

}  // namespace resolute::http
