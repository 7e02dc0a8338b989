#include <fmt/format.h>

#include <cmath>
#include <nlohmann/json.hpp>

#include "cli/commands.h"
#include "cli/terminal.h"
#include "schemas/error.h"
#include "search/generation.h"
#include "text/lexical_unit.h"
#include "text/normalize.h"

namespace resolute::cli {
namespace {

// What is asked for as units of the lexicon: the whole, else each of its words.
std::vector<std::pair<Language, std::string>> units_of(const std::string& word, const Lexicon& lexicon) {
  text::Analyzer analyzer;
  const auto folded = text::fold(word);
  const auto units = text::lexical_units(folded, analyzer);
  const auto language = [](const text::LexicalUnit& u) { return u.han ? Language::zh : Language::en; };
  std::string whole;
  bool han = false;
  for (const auto& u : units) {
    if (!whole.empty() && !u.han) whole += ' ';
    whole += u.text;
    han = han || u.han;
  }
  const Language lang = han ? Language::zh : Language::en;
  if (lexicon.find(lang, whole)) return {{lang, whole}};
  std::vector<std::pair<Language, std::string>> out;
  for (const auto& u : units) out.emplace_back(language(u), u.text);
  return out;
}

std::vector<std::string> print_sources(uint8_t sources) {
  std::vector<std::string> out;
  if (sources & kLearned) out.emplace_back("learned");
  if (sources & kThesaurus) out.emplace_back("thesaurus");
  if (sources & kListed) out.emplace_back("listed");
  return out;
}

}  // namespace

void add_lexicon(CLI::App& app, int& exit_code) {
  struct Flags {
    std::string index = default_index(), word;
    bool json = false;
  };
  const auto f = std::make_shared<Flags>();
  auto* c = app.add_subcommand("lexicon", "the translations learned, with their evidence");
  c->add_option("--index", f->index, "index directory ($RESOLUTE_INDEX)")->capture_default_str();
  c->add_flag("--json", f->json, "as JSON");
  c->add_option("WORD", f->word, "a word or term of either language; several words are looked up as one term, else one by one")->required();
  c->footer("Examples:\n  resolute lexicon disarmament\n  resolute lexicon 可持续发展\n");
  c->callback([f, &exit_code] {
    const auto lexicon = search::Generation::open_lexicon(f->index);
    if (!lexicon) throw Error(ErrorKind::not_found, f->index + " has no lexicon: it holds no paragraphs that are aligned in two languages");
    bool any = false;
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    for (const auto& [lang, unit] : units_of(f->word, *lexicon)) {
      const auto place = lexicon->find(lang, unit);
      if (!place) continue;
      any = true;
      const Language to = other_language(lang);
      nlohmann::ordered_json o = {
          {"unit", unit}, {"form", lexicon->form(lang, *place)}, {"lang", print_language(lang)}, {"pairs", lexicon->count(lang, *place)}};
      auto& list = o["translations"] = nlohmann::ordered_json::array();
      if (!f->json)
        fmt::print("{}  ({}, in {} of {} pairs)\n", lexicon->form(lang, *place), unit, with_commas(lexicon->count(lang, *place)),
                   with_commas(lexicon->pairs()));
      for (const auto& t : lexicon->translations(lang, *place)) {
        const auto sources = print_sources(t.sources);
        const uint32_t other = lexicon->count(to, t.to);
        const double evidence = log_likelihood(t.together, lexicon->count(lang, *place), other, lexicon->pairs());
        list.push_back({{"unit", lexicon->unit(to, t.to)},
                        {"form", lexicon->form(to, t.to)},
                        {"probability", std::round(t.forward * 1e4) / 1e4},
                        {"back", std::round(t.back * 1e4) / 1e4},
                        {"pairs", other},
                        {"together", t.together},
                        {"log_likelihood", std::round(evidence * 10) / 10},
                        {"sources", sources}});
        if (!f->json)
          fmt::print("  {:6.4f}  {:6.4f}  {:>7} together, in {:>7}  {:>10.1f}  {}  [{}]\n", t.forward, t.back, with_commas(t.together), with_commas(other),
                     evidence, lexicon->form(to, t.to), fmt::join(sources, ", "));
      }
      all.push_back(std::move(o));
    }
    if (f->json)
      fmt::print("{}\n", all.dump(2, ' ', false, nlohmann::json::error_handler_t::replace));
    else if (!any)
      fmt::print("not in the lexicon: {}\n", f->word);
    exit_code = any ? kDone : kPartly;
  });
}

}  // namespace resolute::cli
