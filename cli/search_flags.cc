#include "cli/search_flags.h"

#include <tuple>

#include "cli/commands.h"
#include "schemas/error.h"

namespace resolute::cli {

std::shared_ptr<SearchFlags> SearchFlags::add(CLI::App& command) {
  auto flags = std::make_shared<SearchFlags>();
  flags->index = default_index();
  command.add_option("--index", flags->index, "index directory ($RESOLUTE_INDEX)")->capture_default_str();
  flags->lexicon_index = default_lexicon();
  command.add_option("--lexicon", flags->lexicon_index, "index whose lexicon translates the words, instead of its own ($RESOLUTE_LEXICON)");
  for (const auto& f : fields()) {
    const std::string name = f.name;
    command
        .add_option_function<std::vector<std::string>>(
            "--" + name,
            [flags, name](const std::vector<std::string>& values) {
              for (const auto& v : values) flags->set(name, v);
            },
            std::string("only this ") + f.en + " (repeat for OR, -VALUE excludes)")
        ->expected(1)
        ->allow_extra_args(false)  // one value an option: what follows is the query
        ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
        ->group("Filters")
        ->type_name("VALUE");
  }
  for (const auto& [flag, name, help] :
       {std::tuple("--date-from", "date_from", "adopted on or after (YYYY-MM-DD, YYYY-MM or a year)"),
        std::tuple("--date-to", "date_to", "adopted on or before"), std::tuple("--cited-by", "cited_by", "cited by MIN..MAX documents")}) {
    const std::string parameter = name;
    command
        .add_option_function<std::string>(
            flag, [flags, parameter](const std::string& v) { flags->set(parameter, v); }, help)
        ->group("Filters")
        ->type_name("VALUE");
  }
  return flags;
}

search::Searcher SearchFlags::open() const {
  return search::Searcher(search::Generation::open(index), lexicon_index.empty() ? nullptr : search::Generation::open_lexicon(lexicon_index));
}

std::shared_ptr<const search::Searcher> SearchFlags::open_shared() const {
  return std::make_shared<const search::Searcher>(search::Generation::open(index),
                                                  lexicon_index.empty() ? nullptr : search::Generation::open_lexicon(lexicon_index));
}

search::SearchRequest SearchFlags::request() const {
  auto parsed = http::parse_search(values_);
  if (const auto* p = std::get_if<http::Problem>(&parsed)) {
    std::string flag = p->parameter;
    for (char& c : flag)
      if (c == '_') c = '-';
    throw Error(ErrorKind::invalid, "--" + flag + ": " + p->detail);
  }
  auto& request = std::get<search::SearchRequest>(parsed);
  request.budget = nullptr;  // nobody else waits for this machine, and one request may be asked many times
  return std::move(request);
}

}  // namespace resolute::cli
