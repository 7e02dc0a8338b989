// HTTP: a head is refused or understood, and every request gets an answer with a status.
#include <unistd.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>

#include "http/handler.h"
#include "http/multipart.h"
#include "http/server.h"
#include "indexer/index_writer.h"
#include "tests/fuzz/target.h"

namespace {

// A handler over one document in each language, made once.
const resolute::http::Handler& handler() {
  struct Served {
    std::string folder = (std::filesystem::temp_directory_path() / "resolute-fuzz-XXXXXX").string();
    static std::string made(std::string& folder) {
      if (!mkdtemp(folder.data())) std::abort();
      std::ofstream(folder + "/two.jsonl")
          << R"({"symbol": "A/RES/93/1", "lang": "en", "title": "Lamps", "date": "2038-03-11", "text": "Decides to light the lamps of the harbour"}
{"symbol": "A/RES/93/1", "lang": "zh", "title": "灯", "date": "2038-03-11", "text": "决定点亮港口的灯"}
)";
      resolute::indexer::IndexOptions o;
      o.index = folder + "/index";
      o.paths = {folder + "/two.jsonl"};
      resolute::indexer::index_files(o);
      return o.index;
    }
    resolute::search::LiveIndex live{made(folder)};
    resolute::http::Handler it{live};
    ~Served() {
      std::error_code error;
      std::filesystem::remove_all(folder, error);
    }
  };
  static const Served served;
  return served.it;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  using namespace resolute::http;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto head = parse_head(bytes, Limits{});
  Request request;
  if (const auto* understood = std::get_if<Head>(&head)) {
    request = understood->request;
  } else {
    if (std::get<Malformed>(head).status < 400) std::abort();
    // What is no head may still be a target.
    request.method = "GET";
    request.target = std::string(bytes.substr(0, bytes.find('\n')));
  }
  // A form's boundary is its first line.
  const std::string_view line = bytes.substr(0, bytes.find('\r'));
  if (line.starts_with("--"))
    if (const auto parts = parse_multipart("multipart/form-data; boundary=" + std::string(line.substr(2)), bytes))
      for (const auto& part : *parts)
        if (part.content.size() > bytes.size()) std::abort();
  const auto response = handler().handle(request);
  if (response.status < 200 || response.status > 599) std::abort();
  return 0;
}
