// The entry that libFuzzer calls, for the fuzzer CARDEA_FUZZER.
#include <cstddef>
#include <cstdint>

#include "fuzzers.hpp"

static_assert(cardea::fuzz::fuzzer_named(CARDEA_FUZZER), "fuzzers.hpp has no fuzzer of this file's name");

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  cardea::fuzz::fuzzer_named(CARDEA_FUZZER)->run({reinterpret_cast<const char*>(data), size});
  return 0;
}
