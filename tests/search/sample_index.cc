#include "tests/search/sample_index.h"

#include <cstdlib>
#include <filesystem>

#include "indexer/index_writer.h"

namespace resolute::test {
namespace {

struct Folder {
  std::string path;
  Folder() {
    std::string name = (std::filesystem::temp_directory_path() / "resolute-test-XXXXXX").string();
    if (!mkdtemp(name.data())) std::abort();
    path = name;
    indexer::IndexOptions o;
    o.index = path;
    o.paths = {RESOLUTE_SAMPLES};
    o.jobs = 2;
    indexer::index_files(o);
  }
  ~Folder() { std::filesystem::remove_all(path); }
};

}  // namespace

const std::string& sample_index() {
  static const Folder folder;
  return folder.path;
}

const search::Searcher& sample_searcher() {
  sample_index();
  static const search::Searcher searcher(search::Generation::open(sample_index()));
  return searcher;
}

}  // namespace resolute::test
