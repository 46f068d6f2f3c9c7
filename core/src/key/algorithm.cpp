#include <array>
#include <cardea/core/key/algorithm.hpp>
#include <utility>

namespace cardea {
namespace {

constexpr std::array kAlgorithms{Algorithm::hs256, Algorithm::hs384, Algorithm::hs512};

}  // namespace

std::string_view name_of(Algorithm algorithm) noexcept {
  switch (algorithm) {
    case Algorithm::hs256: return "HS256";
    case Algorithm::hs384: return "HS384";
    case Algorithm::hs512: return "HS512";
  }
  std::unreachable();
}

Result<Algorithm> parse_algorithm(std::string_view name) {
  for (const auto algorithm : kAlgorithms) {
    if (name == name_of(algorithm)) return algorithm;
  }
  return failure(ErrorCode::token_algorithm_refused);
}

std::span<const Algorithm> all_algorithms() noexcept { return kAlgorithms; }

std::size_t hash_size_of(Algorithm algorithm) noexcept {
  switch (algorithm) {
    case Algorithm::hs256: return 32;
    case Algorithm::hs384: return 48;
    case Algorithm::hs512: return 64;
  }
  std::unreachable();
}

}  // namespace cardea
