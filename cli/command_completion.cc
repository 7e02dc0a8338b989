#include <fmt/format.h>

#include "cli/commands.h"

namespace resolute::cli {

// CLI11 parses but does not complete: the words come from the parser itself, so that
// they cannot disagree with it.
void add_completion(CLI::App& app, int&) {
  auto* c = app.add_subcommand("completion", "a bash completion script, for `source <(resolute completion)`");
  c->callback([&app] {
    std::string commands, cases;
    for (const auto* sub : app.get_subcommands([](CLI::App*) { return true; })) {
      commands += (commands.empty() ? "" : " ") + sub->get_name();
      std::string options;
      for (const auto* o : sub->get_options())
        for (const auto& name : o->get_lnames()) options += (options.empty() ? "--" : " --") + name;
      cases += "    " + sub->get_name() + ") words=\"" + options + "\" ;;\n";
    }
    fmt::print(
        "_resolute() {{\n  local current=${{COMP_WORDS[COMP_CWORD]}} words=\"\"\n  if [ \"$COMP_CWORD\" -eq 1 ]; then\n    COMPREPLY=($(compgen -W \"{}\" -- "
        "\"$current\"))\n    return\n  fi\n"
        "  case ${{COMP_WORDS[1]}} in\n{}  esac\n  if [ \"${{current#-}}\" != \"$current\" ]; then\n    COMPREPLY=($(compgen -W \"$words\" -- \"$current\"))\n "
        " else\n    COMPREPLY=($(compgen -f -- \"$current\"))\n  fi\n}}\n"
        "complete -o filenames -F _resolute resolute\n",
        commands, cases);
  });
}

}  // namespace resolute::cli
