#include <fmt/format.h>

#include <fstream>

#include "cli/commands.h"
#include "cli/search_flags.h"
#include "schemas/error.h"

namespace resolute::cli {

void add_run(CLI::App& app, int& exit_code) {
  auto* c = app.add_subcommand("run", "a batch of queries to a TREC run on stdout");
  const auto flags = SearchFlags::add(*c);
  struct Own {
    std::string queries, unit = "paragraph", pivot = "on";
    size_t depth = 1000;
  };
  const auto own = std::make_shared<Own>();
  c->add_option("--queries", own->queries, "lines of qid TAB query (further columns are left out)")->required();
  c->add_option("--unit", own->unit, "document or paragraph")->check(CLI::IsMember({"document", "paragraph"}))->capture_default_str();
  c->add_option("--depth", own->depth, "ranks of each query at most")->check(CLI::Range(1, 100'000'000))->capture_default_str();
  c->add_option_function<std::string>(
       "--translate", [flags](const std::string& v) { flags->set("translate", v); }, "words by the lexicon: auto, on or off")
      ->type_name("VALUE");
  c->add_option("--pivot", own->pivot, "off: find nothing through the other language")->check(CLI::IsMember({"on", "off"}));
  c->footer("Example:\n  resolute run --queries queries.tsv --unit document --depth 100 --lang zh > run.trec\n");
  c->callback([flags, own, &exit_code] {
    std::ifstream in(own->queries, std::ios::binary);
    if (!in) throw Error(ErrorKind::not_found, "cannot read " + own->queries);
    const auto searcher = flags->open();
    auto request = flags->request();
    request.unit = own->unit == "document" ? search::Unit::document : search::Unit::paragraph;
    request.fallback = search::Fallback::fill;
    request.pivot = own->pivot == "on" ? search::Pivot::on : search::Pivot::off;
    bool any = false;
    size_t number = 0;
    for (std::string line; std::getline(in, line);) {
      ++number;
      if (!line.empty() && line.back() == '\r') line.pop_back();
      if (line.empty()) continue;
      const size_t tab = line.find('\t');
      if (tab == std::string::npos) throw Error(ErrorKind::invalid, fmt::format("{}: line {} has no tab", own->queries, number));
      const size_t end = line.find('\t', tab + 1);
      const std::string qid = line.substr(0, tab);
      request.q = line.substr(tab + 1, end == std::string::npos ? end : end - tab - 1);
      size_t rank = 0;
      for (const auto& r : searcher.rank(request, own->depth)) {
        fmt::print("{} Q0 {} {} {:.6f} resolute\n", qid, r.id, ++rank, r.score);
        any = true;
      }
    }
    exit_code = any ? kDone : kPartly;
  });
}

}  // namespace resolute::cli
