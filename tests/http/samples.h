// The AKN4UN samples under one Handler, for tests that only read.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <string>
#include <string_view>

#include "http/handler.h"
#include "indexer/index_writer.h"

namespace resolute::http {

class Folder {
 public:
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "resolute-http-XXXXXX").string();
    if (!mkdtemp(name.data())) std::abort();
    path_ = name;
  }
  ~Folder() { std::filesystem::remove_all(path_); }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

inline void index(const std::string& into, const std::string& what) {
  indexer::IndexOptions o;
  o.index = into;
  o.paths = {what};
  o.jobs = 2;
  indexer::index_files(o);
}

inline const Handler& samples() {
  struct Samples {
    static std::string made(const std::string& path) {
      index(path, std::string(RESOLUTE_SAMPLES) + "/akn");
      return path;
    }
    Folder folder;
    search::LiveIndex live{made(folder / "index")};
    Handler handler{live};
  };
  static const Samples it;
  return it.handler;
}

inline Response ask(const std::string& target, const std::string& accept = "", const std::string& if_none_match = "", const std::string& method = "GET") {
  return samples().handle({method, target, if_none_match, accept, "", "", "", ""});
}

inline std::string header(const Response& r, std::string_view name) {
  for (const auto& [n, v] : r.headers)
    if (n == name) return v;
  return "";
}

// The body, where it comes in pieces all of them.
inline std::string whole(const Response& r) {
  std::string out = r.body;
  if (r.stream)
    while (r.stream(out)) {}
  return out;
}

}  // namespace resolute::http
