// cardea_fuzz_tests NAME FOLDER...: runs the fuzzer of that name once for each file in the folders, and for no bytes.
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <span>
#include <vector>

#include "fuzzers.hpp"

namespace {

namespace fs = std::filesystem;

// Of exactly the size, so that AddressSanitizer sees the first byte that is read behind the end.
std::vector<char> bytes_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::vector<char> bytes{std::istreambuf_iterator<char>(in), {}};
  bytes.shrink_to_fit();
  return bytes;
}

int run_all(const cardea::fuzz::Fuzzer& fuzzer, const fs::path& folder) {
  int count = 0;
  for (const auto& entry : fs::directory_iterator(folder)) {
    std::printf("%s\n", entry.path().c_str());
    std::fflush(stdout);
    const auto bytes = bytes_of(entry.path());
    fuzzer.run({bytes.data(), bytes.size()});
    ++count;
  }
  return count;
}

}  // namespace

int main(int argc, char** argv) {
  const std::span arguments(argv, static_cast<std::size_t>(argc));
  const auto* fuzzer = argc > 2 ? cardea::fuzz::fuzzer_named(arguments[1]) : nullptr;
  if (fuzzer == nullptr) {
    std::fputs("usage: cardea_fuzz_tests NAME FOLDER...\n", stderr);
    return 2;
  }
  fuzzer->run({});
  int count = 0;
  for (const char* folder : arguments.subspan(2)) count += run_all(*fuzzer, folder);
  std::printf("%d files\n", count);
  return count > 0 ? 0 : 1;
}
