// Other programs, run without a shell.
#pragma once

#include <string>
#include <vector>

namespace resolute::cli {

// Runs a program found on the PATH with the terminal's streams, and waits. Returns its exit status, 128 and the signal where one
// ended it. Throws Error(unavailable) where it cannot be started.
int run_program(const std::vector<std::string>& arguments);
// The same with `input` on its standard input. What it leaves unread is no fault.
int run_program(const std::vector<std::string>& arguments, const std::string& input);

}  // namespace resolute::cli
