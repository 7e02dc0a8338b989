// What every fuzz target includes. With RESOLUTE_FUZZ the compiler's fuzzer calls the
// target; without, fuzz/replay.cc runs it on files.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);
