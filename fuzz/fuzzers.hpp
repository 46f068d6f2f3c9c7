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
void request_head(std::string_view text);
void chunked_body(std::string_view text);
void form(std::string_view text);
void target(std::string_view text);
void authorization(std::string_view text);
void config(std::string_view text);
void proxy_header(std::string_view text);
void forwarded(std::string_view text);

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
    Fuzzer{"request_head", request_head},
    Fuzzer{"chunked_body", chunked_body},
    Fuzzer{"form", form},
    Fuzzer{"target", target},
    Fuzzer{"authorization", authorization},
    Fuzzer{"config", config},
    Fuzzer{"proxy_header", proxy_header},
    Fuzzer{"forwarded", forwarded},
};

// Null if there is none.
constexpr const Fuzzer* fuzzer_named(std::string_view name) noexcept {
  for (const auto& fuzzer : kFuzzers) {
    if (fuzzer.name == name) return &fuzzer;
  }
  return nullptr;
}

}  // namespace cardea::fuzz
