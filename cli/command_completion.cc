#include <fmt/format.h>

#include <functional>
#include <memory>

#include "cli/commands.h"

namespace resolute::cli {

namespace {

// CLI11 parses but does not complete: the words come from the parser itself, so that they cannot disagree with it.
struct Option {
  std::string name;  // "--jobs"
  std::string help;
  bool value = false;
};
struct Command {
  std::string name, help;
  std::vector<std::string> below;  // commands of its own
  std::vector<Option> options;     // of those too
};

std::vector<Command> commands_of(CLI::App& app) {
  std::vector<Command> out;
  for (auto* sub : app.get_subcommands([](CLI::App*) { return true; })) {
    Command c{sub->get_name(), sub->get_description(), {}, {}};
    const std::function<void(CLI::App*)> take = [&](CLI::App* from) {
      for (const auto* o : from->get_options())
        for (const auto& name : o->get_lnames())
          if (name != "help" || from == sub) c.options.push_back({"--" + name, o->get_description(), o->get_items_expected_max() > 0});
      for (auto* deeper : from->get_subcommands([](CLI::App*) { return true; })) {
        c.below.push_back(deeper->get_name());
        take(deeper);
      }
    };
    take(sub);
    out.push_back(std::move(c));
  }
  return out;
}

// Within '...', and with a backslash before each of `special`.
std::string quoted(const std::string& text, std::string_view special) {
  std::string out;
  for (const char c : text) {
    if (c == '\'')
      out += "'\\''";
    else {
      if (special.find(c) != std::string_view::npos) out += '\\';
      out += c;
    }
  }
  return out;
}

std::string bash(const std::vector<Command>& commands) {
  std::string names, cases;
  for (const auto& c : commands) {
    names += (names.empty() ? "" : " ") + c.name;
    std::string options, below;
    for (const auto& o : c.options) options += (options.empty() ? "" : " ") + o.name;
    for (const auto& b : c.below) below += (below.empty() ? "" : " ") + b;
    cases += "    " + c.name + ") options=\"" + options + "\"" + (below.empty() ? "" : " below=\"" + below + "\"") + " ;;\n";
  }
  return fmt::format(R"(_resolute() {{
  local current=${{COMP_WORDS[COMP_CWORD]}} options="" below=""
  if [ "$COMP_CWORD" -eq 1 ]; then
    COMPREPLY=($(compgen -W "{}" -- "$current"))
    return
  fi
  case ${{COMP_WORDS[1]}} in
{}  esac
  if [ "${{current#-}}" != "$current" ]; then
    COMPREPLY=($(compgen -W "$options" -- "$current"))
  elif [ -n "$below" ] && [ "$COMP_CWORD" -eq 2 ]; then
    COMPREPLY=($(compgen -W "$below" -- "$current"))
  else
    COMPREPLY=($(compgen -f -- "$current"))
  fi
}}
complete -o filenames -F _resolute resolute
)",
                     names, cases);
}

std::string zsh(const std::vector<Command>& commands) {
  std::string names, cases;
  for (const auto& c : commands) {
    names += "    '" + quoted(c.name + ":" + c.help, "") + "'\n";
    cases += "  " + c.name + ")\n    _arguments";
    for (const auto& o : c.options)
      cases += " \\\n      '" + o.name + (o.value ? "=" : "") + "[" + quoted(o.help, "[]:\\") + "]" + (o.value ? ":value:_files" : "") + "'";
    if (!c.below.empty()) {
      cases += " \\\n      '2:command:(";
      for (const auto& b : c.below) cases += (&b == &c.below.front() ? "" : " ") + b;
      cases += ")'";
    }
    cases += " \\\n      '*:file:_files'\n    ;;\n";
  }
  return fmt::format(R"(#compdef resolute
if (( CURRENT == 2 )); then
  local -a commands=(
{}  )
  _describe command commands
  return
fi
case $words[2] in
{}esac
)",
                     names, cases);
}

std::string fish(const std::vector<Command>& commands) {
  std::string out;
  for (const auto& c : commands) {
    out += "complete -c resolute -f -n __fish_use_subcommand -a " + c.name + " -d '" + quoted(c.help, "\\") + "'\n";
    for (const auto& b : c.below) out += "complete -c resolute -n '__fish_seen_subcommand_from " + c.name + "' -a " + b + "\n";
    for (const auto& o : c.options)
      out += "complete -c resolute -n '__fish_seen_subcommand_from " + c.name + "' -l " + o.name.substr(2) + (o.value ? " -r" : "") + " -d '" +
             quoted(o.help, "\\") + "'\n";
  }
  return out;
}

}  // namespace

void add_completion(CLI::App& app, int&) {
  const auto shell = std::make_shared<std::string>("bash");
  auto* c = app.add_subcommand("completion", "a script that completes command lines, for `source <(resolute completion)`");
  c->add_option("SHELL", *shell, "bash, zsh or fish")->check(CLI::IsMember({"bash", "zsh", "fish"}))->capture_default_str();
  c->callback([&app, shell] {
    const auto commands = commands_of(app);
    fmt::print("{}", *shell == "bash" ? bash(commands) : *shell == "zsh" ? zsh(commands) : fish(commands));
  });
}

}  // namespace resolute::cli
