// An index of samples/ for the tests of one program, made once.
#pragma once

#include <string>

#include "search/searcher.h"

namespace resolute::test {

const std::string& sample_index();
const search::Searcher& sample_searcher();

}  // namespace resolute::test
