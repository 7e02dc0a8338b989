// What tests of several rooms need: files, temporary folders, the samples' documents.
#pragma once

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>
#include <vector>

#include "indexer/collect.h"
#include "schemas/document.h"

namespace resolute::test {

inline std::string slurp(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

inline void spill(const std::string& path, const std::string& bytes) {
  std::filesystem::create_directories(std::filesystem::path(path).parent_path());
  std::ofstream(path, std::ios::binary) << bytes;
}

// A folder that goes with the test.
class TemporaryFolder {
 public:
  TemporaryFolder() {
    path_ = (std::filesystem::temp_directory_path() / "resolute-test-XXXXXX").string();
    if (!mkdtemp(path_.data())) std::abort();
  }
  ~TemporaryFolder() {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
  }
  TemporaryFolder(const TemporaryFolder&) = delete;
  TemporaryFolder& operator=(const TemporaryFolder&) = delete;
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }
  const std::string& path() const { return path_; }

 private:
  std::string path_;
};

inline std::string sample(const std::string& name) { return std::string(RESOLUTE_SAMPLES) + "/" + name; }

// Every document of samples/ but broken/, read once.
inline const std::vector<Document>& sample_documents() {
  static const auto documents = [] {
    indexer::Collection read;
    indexer::collect(indexer::list_files({sample("akn"), sample("text"), sample("archive"), sample("jsonl")}), {}, read);
    std::vector<Document> out;
    for (const auto& s : read.documents) out.push_back(read.load(s));
    return out;
  }();
  return documents;
}

}  // namespace resolute::test
