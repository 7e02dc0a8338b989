// One heavy query on several cores: tasks side by side, the caller's thread among them.
#pragma once

#include <cstddef>
#include <functional>

namespace resolute::search {

// Calls task(0) ... task(n - 1), each once, in the caller's thread and in those of a pool that lives as
// long as the process (one thread fewer than there are cores). Returns when all are done; the first
// exception of any is rethrown. For any number of threads; a task must not call it again.
void parallel(size_t n, const std::function<void(size_t)>& task);

}  // namespace resolute::search
