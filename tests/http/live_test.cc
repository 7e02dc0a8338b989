// An index that changes, is damaged or goes while it is served.
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <functional>
#include <iterator>
#include <mutex>
#include <nlohmann/json.hpp>
#include <thread>

#include "schemas/manifest.h"
#include "schemas/mapped_file.h"
#include "schemas/sanitized.h"
#include "tests/http/samples.h"

namespace resolute::http {
namespace {

namespace fs = std::filesystem;

std::string slurp(const std::string& path) {
  std::ifstream in(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

// In place: the same file, other bytes.
void overwrite(const std::string& path, const std::string& bytes) {
  std::ofstream out(path, std::ios::binary | std::ios::in | std::ios::out);
  out.write(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  out.close();
  fs::resize_file(path, bytes.size());
}

bool wait_for(const std::function<bool()>& what) {
  const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(60);
  while (!what()) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  return true;
}

class LiveTest : public testing::Test {
 protected:
  LiveTest() { survive_lost_pages(); }
  void serve() {
    live_ = std::make_unique<search::LiveIndex>(path_, nullptr, [this](const std::string& trouble) {
      const std::lock_guard lock(mutex_);
      told_.push_back(trouble);
    });
    handler_ = std::make_unique<Handler>(*live_);
  }
  size_t told() {
    const std::lock_guard lock(mutex_);
    return told_.size();
  }
  Response get(const std::string& target, const std::string& etag = "") { return handler_->handle({"GET", target, etag, ""}); }
  bool trouble() { return get("/metrics").body.find("resolute_index{what=\"trouble\"} 1") != std::string::npos; }
  uint64_t revision() { return live_->current() ? live_->current()->generation().manifest().revision : 0; }

  Folder folder_;
  const std::string path_ = folder_ / "index";
  std::mutex mutex_;
  std::vector<std::string> told_;
  std::unique_ptr<search::LiveIndex> live_;
  std::unique_ptr<Handler> handler_;
};

TEST_F(LiveTest, OutlivesFilesThatAreDamagedInPlace) {
  index(path_, std::string(RESOLUTE_SAMPLES) + "/akn");
  serve();
  const auto manifest = live_->current()->generation().manifest();
  const auto& name = manifest.segments.at(0).name;
  std::vector<std::string> files = {segment_path(path_, name), phrases_path(path_, name)};
  // Xapian believes the lengths in its blocks, and may read beyond one (docs/adr/0013): what comes of it a sanitizer does not wait for.
  if (!kAddressSanitized) files.push_back(entries_path(path_, name));
  if (manifest.lexicon) files.push_back(lexicon_path(path_, manifest.lexicon->name));
  const auto ask_all = [&] {
    for (const char* target :
         {"/v1/search?q=light&facets=year,subject&limit=100", "/v1/search?q=%22of%20the%22&unit=document", "/v1/search?q=the%20NEAR/5%20of",
          "/v1/search?q=l*&translate=on", "/v1/documents/A/RES/91/12?parallel=zh", "/v1/documents/A/RES/91/12/cited-by", "/v1/suggest?q=li",
          "/v1/phrases?q=lamp", "/v1/facets", "/search?q=light", "/doc/A/RES/91/12"}) {
      const auto r = get(target);
      EXPECT_TRUE(r.status == 200 || r.status == 404 || r.status == 503) << target << ": " << r.status << "\n" << r.body;
    }
    whole(get("/v1/search?q=light"));
  };
  for (const auto& file : files) {
    const std::string good = slurp(file);
    for (const bool cut : {true, false}) {
      SCOPED_TRACE(file + (cut ? " cut" : " flipped"));
      const size_t before = told();
      std::string bad = good;
      if (cut)
        bad.resize(good.size() / 3);
      else
        for (size_t i = 0; i < bad.size(); i += 61) bad[i] = static_cast<char>(bad[i] ^ 0x5A);
      overwrite(file, bad);
      ask_all();
      EXPECT_TRUE(wait_for([&] { return get("/readyz").status == 503; }));
      EXPECT_EQ(nlohmann::json::parse(get("/v1/search?q=light").body)["type"], "urn:resolute:problem:unavailable");
      EXPECT_TRUE(wait_for([&] { return told() > before; }));
      EXPECT_TRUE(trouble());
      overwrite(file, good);
      EXPECT_TRUE(wait_for([&] { return get("/readyz").status == 200; })) << "mended";
      EXPECT_FALSE(trouble());
      EXPECT_EQ(get("/v1/search?q=light").status, 200);
    }
  }
}

TEST_F(LiveTest, TellsAnIndexThatIsBuiltAnewFromTheOneBefore) {
  index(path_, std::string(RESOLUTE_SAMPLES) + "/akn/A_RES_91_12-E.xml");
  serve();
  ASSERT_EQ(revision(), 1u);
  const std::string target = "/v1/search?limit=1&facets=none";
  const auto first = get(target);
  const auto etag = header(first, "ETag");
  EXPECT_EQ(get(target, etag).status, 304);
  fs::remove_all(path_);
  EXPECT_EQ(get(target).status, 200) << "what is open is served on";
  index(path_, std::string(RESOLUTE_SAMPLES) + "/akn/A_RES_92_15-E.xml");
  EXPECT_TRUE(wait_for([&] { return !live_->current()->generation().find("A/RES/92/15").empty(); }));
  EXPECT_EQ(revision(), 1u);
  const auto second = get(target, etag);
  EXPECT_EQ(second.status, 200);
  EXPECT_NE(header(second, "ETag"), etag);
  EXPECT_EQ(nlohmann::json::parse(second.body)["matches"][0]["symbol"], "A/RES/92/15");
  // A page that was begun before goes on, and says so.
  const auto next = nlohmann::json::parse(first.body)["next"].get<std::string>();
  const auto page = get("/v1/search?limit=1&facets=none&cursor=" + next);
  EXPECT_EQ(page.status, 200);
}

TEST_F(LiveTest, AnswersForStatesFromBeforeItStartedAndForThoseJustPublished) {
  const std::string samples = RESOLUTE_SAMPLES;
  index(path_, samples + "/akn/A_RES_91_12-E.xml");
  serve();
  const auto first = nlohmann::json::parse(get("/v1/search?limit=1&facets=none").body);
  const std::string next = "/v1/search?limit=1&facets=none&cursor=" + first["next"].get<std::string>();
  const auto expected = nlohmann::json::parse(get(next).body)["matches"];
  const auto state = read_state_name(path_);
  index(path_, samples + "/akn/A_RES_92_15-E.xml");
  // Nobody has to wait until it looks by itself.
  const auto published = live_->of_state(read_state_name(path_));
  EXPECT_EQ(published->generation().manifest().revision, 2u);
  // As after a restart: this one was not there yet when the first state was.
  serve();
  EXPECT_EQ(live_->of_state(state)->generation().manifest().id, state.id);
  const auto page = nlohmann::json::parse(get(next).body);
  EXPECT_EQ(page["matches"], expected);
  EXPECT_EQ(page["index"]["revision"], 1);
  // A state that nobody has is answered by the current one, or not yet.
  EXPECT_EQ(live_->of_state({1, 12345})->generation().manifest().revision, 2u);
  EXPECT_EQ(live_->of_state({9, 12345})->generation().manifest().revision, 2u);
  // Many updates: few stay open, all can be asked for.
  std::vector<StateName> states;
  for (int n = 0; n < 12; ++n) {
    states.push_back(read_state_name(path_));
    index(path_, samples + (n % 2 ? "/akn/A_RES_91_33-E.xml" : "/akn/A_RES_91_77-E.xml"));
    live_->of_state(read_state_name(path_));
  }
  for (const auto& s : states) {
    if (fs::exists(path_ + "/generations/" + std::to_string(s.revision))) { EXPECT_EQ(live_->of_state(s)->generation().manifest().id, s.id); }
  }
}

TEST_F(LiveTest, SharesWhatHasNotChanged) {
  index(path_, std::string(RESOLUTE_SAMPLES) + "/akn/A_RES_91_12-E.xml");
  serve();
  const auto before = live_->current();
  index(path_, std::string(RESOLUTE_SAMPLES) + "/akn/A_RES_92_15-E.xml");
  EXPECT_TRUE(wait_for([&] { return revision() > 1; }));
  const auto after = live_->current();
  size_t shared = 0;
  for (const auto& old : before->generation().segments())
    for (const auto& fresh : after->generation().segments()) shared += old->identifier(DocumentId(0)).data() == fresh->identifier(DocumentId(0)).data();
  EXPECT_EQ(shared, after->generation().segments().size() > 1 ? 1u : 0u);
  EXPECT_EQ(before->generation().find("A/RES/92/15").size(), 0u);
  EXPECT_EQ(after->generation().find("A/RES/92/15").size(), 1u);
}

TEST_F(LiveTest, TellsOnceOfAStateThatCannotBeOpened) {
  index(path_, std::string(RESOLUTE_SAMPLES) + "/akn/A_RES_91_12-E.xml");
  serve();
  const std::string current = slurp(path_ + "/CURRENT");
  write_file_atomically(path_ + "/CURRENT", "2 0000000000000000\n");  // as it is always written: no look falls between
  EXPECT_TRUE(wait_for([&] { return told() > 0; }));
  EXPECT_TRUE(trouble());
  EXPECT_EQ(get("/v1/search?q=light").status, 200) << "the last good state";
  std::this_thread::sleep_for(std::chrono::milliseconds(2500));
  EXPECT_EQ(told(), 1u);
  write_file_atomically(path_ + "/CURRENT", current);
  EXPECT_TRUE(wait_for([&] { return !trouble(); }));
  EXPECT_EQ(told(), 1u);
}

TEST_F(LiveTest, ListsWhatCameSinceARevision) {
  index(path_, std::string(RESOLUTE_SAMPLES) + "/akn/A_RES_91_12-E.xml");
  const uint64_t first = read_current(path_);
  index(path_, std::string(RESOLUTE_SAMPLES) + "/akn/A_RES_92_15-E.xml");
  serve();
  const auto total = [&](const std::string& target) { return nlohmann::json::parse(get(target).body)["total"]["documents"].get<int>(); };
  EXPECT_EQ(total("/v1/search"), 2);
  EXPECT_EQ(total("/v1/search?since_revision=1"), 2);
  EXPECT_EQ(total("/v1/search?since_revision=" + std::to_string(first + 1)), 1);
  EXPECT_EQ(total("/v1/search?since_revision=1000"), 0);
  const auto some = nlohmann::json::parse(get("/v1/search?limit=100&facets=body,year&since_revision=" + std::to_string(first + 1)).body);
  for (const auto& m : some["matches"]) EXPECT_EQ(m["symbol"], "A/RES/92/15");
  // Pages of it hang together; a cursor of another question is refused.
  const auto page = nlohmann::json::parse(get("/v1/search?limit=1&since_revision=" + std::to_string(first + 1)).body);
  const auto next = page["next"].get<std::string>();
  EXPECT_EQ(get("/v1/search?limit=1&since_revision=" + std::to_string(first + 1) + "&cursor=" + next).status, 200);
  EXPECT_EQ(get("/v1/search?limit=1&cursor=" + next).status, 400);
  EXPECT_EQ(get("/v1/search?since_revision=x").status, 400);
}

}  // namespace
}  // namespace resolute::http
