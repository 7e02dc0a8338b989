// The one exception of Resolute: the world failed.
#pragma once

#include <stdexcept>
#include <string>

namespace resolute {

// Whose fault a failure is, and so what a caller can do about it.
enum class ErrorKind {
  not_found,    // what was named does not exist
  invalid,      // the caller's input cannot be used
  unavailable,  // the world said no for now: no index yet, disk full, locked
  corrupt,      // stored data contradicts itself; rebuild the index
};

// Thrown when the world fails; bad documents and bad queries are values instead
// (`Rejection`, notices). The message is one sentence without a final stop, fit
// to be shown to a person.
class Error : public std::runtime_error {
 public:
  Error(ErrorKind kind, const std::string& message) : std::runtime_error(message), kind_(kind) {}
  ErrorKind kind() const { return kind_; }

 private:
  ErrorKind kind_;
};

// Throws Error(corrupt): what lies on disk contradicts itself. `what` names it in a few words.
[[noreturn]] inline void damaged(const std::string& what) {
  throw Error(ErrorKind::corrupt, "the index is damaged (" + what + "); build it anew with `resolute index --rebuild`");
}

}  // namespace resolute
