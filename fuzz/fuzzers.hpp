// The fuzzers by name. Each takes any bytes and ends the program when a property does not hold (fuzz/README.md).
#pragma once

#include <array>
#include <string_view>

namespace cardea::fuzz {

void compact_token(std::string_view text);
void jwk_set(std::string_view text);
void public_pem(std::string_view text);
void private_pem(std::string_view text);
void strict_json(std::string_view text);
void claims(std::string_view text);
void csv(std::string_view text);

struct Fuzzer {
  std::string_view name;
  void (*run)(std::string_view text);
};

inline constexpr std::array kFuzzers{
    Fuzzer{"compact_token", compact_token},
    Fuzzer{"jwk_set", jwk_set},
    Fuzzer{"public_pem", public_pem},
    Fuzzer{"private_pem", private_pem},
    Fuzzer{"strict_json", strict_json},
    Fuzzer{"claims", claims},
    Fuzzer{"csv", csv},
};

// Null if there is none.
constexpr const Fuzzer* fuzzer_named(std::string_view name) noexcept {
  for (const auto& fuzzer : kFuzzers) {
    if (fuzzer.name == name) return &fuzzer;
  }
  return nullptr;
}

}  // namespace cardea::fuzz
