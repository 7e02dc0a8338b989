#include <unistd.h>
#include <algorithm>

#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <exception>
#include <system_error>
#include <thread>

#include "cli/commands.h"
#include "cli/reader_process.h"
#include "schemas/error.h"

namespace resolute::cli {

std::atomic<bool> stop_requested{false};

std::string default_index() {
  const char* set = std::getenv("RESOLUTE_INDEX");
  return set && *set ? set : "./resolute-index";
}

std::string default_lexicon() {
  const char* set = std::getenv("RESOLUTE_LEXICON");
  return set ? set : "";
}

int default_jobs() { return static_cast<int>(std::max(1u, std::thread::hardware_concurrency())); }

}  // namespace resolute::cli

namespace {

extern "C" void on_signal(int) { resolute::cli::stop_requested.store(true); }

void install_signals() {
  struct sigaction action {};
  action.sa_handler = on_signal;
  sigemptyset(&action.sa_mask);
  sigaction(SIGINT, &action, nullptr);
  sigaction(SIGTERM, &action, nullptr);
  signal(SIGPIPE, SIG_IGN);
}

}  // namespace

int main(int argc, char** argv) {  // NOLINT(bugprone-exception-escape): without memory there is nothing to say
  using namespace resolute::cli;
  install_signals();
  CLI::App app("Search UN resolutions in Chinese and English, paragraph by paragraph.", "resolute");
  app.set_version_flag("--version", std::string("resolute ") + RESOLUTE_VERSION);
  app.require_subcommand(1);
  app.footer("Every command has --help with examples. The index is $RESOLUTE_INDEX, else ./resolute-index.");
  int exit_code = kDone;
  add_index(app, exit_code);
  add_search(app, exit_code);
  add_run(app, exit_code);
  add_show(app, exit_code);
  add_precedents(app, exit_code);
  add_check_citations(app, exit_code);
  add_history(app, exit_code);
  add_phrases(app, exit_code);
  add_lint(app, exit_code);
  add_export(app, exit_code);
  add_serve(app, exit_code);
  add_mcp(app, exit_code);
  add_read_draft(app, exit_code);
  add_read_files(app, exit_code);
  add_stats(app, exit_code);
  add_verify(app, exit_code);
  add_lexicon(app, exit_code);
  add_generations(app, exit_code);
  add_rollback(app, exit_code);
  add_replicate(app, exit_code);
  add_backup(app, exit_code);
  add_restore(app, exit_code);
  add_watch(app, exit_code);
  add_alerts(app, exit_code);
  add_corpus(app, exit_code);
  add_completion(app, exit_code);
  const auto commands = app.get_subcommands([](CLI::App*) { return true; });
  if (argc > 1 && argv[1][0] != '-' && std::none_of(commands.begin(), commands.end(), [&](const CLI::App* c) { return c->get_name() == argv[1]; })) {
    std::fprintf(stderr, "resolute: there is no command %s; `resolute --help` lists them\n", argv[1]);
    return kFailed;
  }
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& e) {
    const int code = app.exit(e);
    return code == 0 ? kDone : kFailed;
  } catch (const resolute::Error& e) {
    std::fprintf(stderr, "resolute: %s\n", e.what());
    return kFailed;
  } catch (const std::system_error& e) {
    // Whoever reads has read enough: `resolute search ... | head`.
    if (e.code() != std::errc::broken_pipe) std::fprintf(stderr, "resolute: %s\n", e.what());
    return kFailed;
  } catch (const std::exception& e) {
    std::fprintf(stderr, "resolute: %s\n", e.what());
    return kFailed;
  }
  if (std::fflush(stdout) != 0) return kFailed;
  return exit_code;
}
