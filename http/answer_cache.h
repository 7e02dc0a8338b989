// Recent answers of one state of the index, the least recently used leaving first.
#pragma once

#include <cstddef>
#include <cstdint>
#include <list>
#include <mutex>
#include <optional>
#include <string>
#include <unordered_map>

namespace resolute::http {

// For any number of threads. Answers of another revision than the last one put or asked for are
// dropped, so that nothing stale is ever given.
class AnswerCache {
 public:
  // At most `bytes` of keys and bodies; 0 keeps nothing.
  explicit AnswerCache(size_t bytes) : limit_(bytes) {}

  std::optional<std::string> find(uint64_t revision, const std::string& key) {
    const std::lock_guard lock(mutex_);
    if (revision != revision_) return std::nullopt;
    const auto it = places_.find(key);
    if (it == places_.end()) return std::nullopt;
    entries_.splice(entries_.begin(), entries_, it->second);
    return entries_.front().body;
  }

  void put(uint64_t revision, const std::string& key, const std::string& body) {
    if (key.size() + body.size() > limit_ / 8) return;  // one answer is not worth all others
    const std::lock_guard lock(mutex_);
    if (revision < revision_) return;
    if (revision > revision_) {
      entries_.clear();
      places_.clear();
      held_ = 0;
      revision_ = revision;
    }
    if (places_.count(key)) return;
    entries_.push_front({key, body});
    places_[key] = entries_.begin();
    held_ += key.size() + body.size();
    while (held_ > limit_) {
      const auto& last = entries_.back();
      held_ -= last.key.size() + last.body.size();
      places_.erase(last.key);
      entries_.pop_back();
    }
  }

 private:
  struct Entry {
    std::string key, body;
  };
  const size_t limit_;
  std::mutex mutex_;
  std::list<Entry> entries_;
  std::unordered_map<std::string, std::list<Entry>::iterator> places_;
  uint64_t revision_ = 0;
  size_t held_ = 0;
};

}  // namespace resolute::http
