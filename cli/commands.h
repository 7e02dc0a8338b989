// One small file for each subcommand; each adds itself to the parser.
#pragma once

#include <CLI/CLI.hpp>
#include <atomic>
#include <string>

namespace resolute::cli {

// What a process ends with (contract.md).
enum Exit : int { kDone = 0, kPartly = 1, kFailed = 2 };

// $RESOLUTE_INDEX, else ./resolute-index.
std::string default_index();
std::string default_lexicon();  // $RESOLUTE_LEXICON: an index, or empty
int default_jobs();             // hardware threads

// Set by SIGINT and SIGTERM.
extern std::atomic<bool> stop_requested;

// Each adds its subcommand; `exit_code` gets what running it came to.
void add_index(CLI::App& app, int& exit_code);
void add_search(CLI::App& app, int& exit_code);
void add_run(CLI::App& app, int& exit_code);
void add_show(CLI::App& app, int& exit_code);
void add_precedents(CLI::App& app, int& exit_code);
void add_check_citations(CLI::App& app, int& exit_code);
void add_history(CLI::App& app, int& exit_code);
void add_phrases(CLI::App& app, int& exit_code);
void add_lint(CLI::App& app, int& exit_code);
void add_export(CLI::App& app, int& exit_code);
void add_serve(CLI::App& app, int& exit_code);
void add_stats(CLI::App& app, int& exit_code);
void add_verify(CLI::App& app, int& exit_code);
void add_lexicon(CLI::App& app, int& exit_code);
void add_mcp(CLI::App& app, int& exit_code);
void add_read_draft(CLI::App& app, int& exit_code);
void add_generations(CLI::App& app, int& exit_code);
void add_rollback(CLI::App& app, int& exit_code);
void add_replicate(CLI::App& app, int& exit_code);
void add_backup(CLI::App& app, int& exit_code);
void add_restore(CLI::App& app, int& exit_code);
void add_alerts(CLI::App& app, int& exit_code);
void add_watch(CLI::App& app, int& exit_code);
void add_corpus(CLI::App& app, int& exit_code);
void add_completion(CLI::App& app, int& exit_code);

}  // namespace resolute::cli
