#include <algorithm>
#include <array>
#include <cardea/core/key/algorithm.hpp>
#include <utility>

namespace cardea {
namespace {

struct Row {
  Algorithm algorithm;
  std::string_view name;
  KeyType key_type;
  std::size_t hash_size;
};

constexpr std::array kRows{
    Row{Algorithm::hs256, "HS256", KeyType::oct, 32}, Row{Algorithm::hs384, "HS384", KeyType::oct, 48},
    Row{Algorithm::hs512, "HS512", KeyType::oct, 64}, Row{Algorithm::rs256, "RS256", KeyType::rsa, 32},
    Row{Algorithm::rs384, "RS384", KeyType::rsa, 48}, Row{Algorithm::rs512, "RS512", KeyType::rsa, 64},
    Row{Algorithm::ps256, "PS256", KeyType::rsa, 32}, Row{Algorithm::ps384, "PS384", KeyType::rsa, 48},
    Row{Algorithm::ps512, "PS512", KeyType::rsa, 64}, Row{Algorithm::es256, "ES256", KeyType::ec, 32},
    Row{Algorithm::es384, "ES384", KeyType::ec, 48},  Row{Algorithm::es512, "ES512", KeyType::ec, 64},
    Row{Algorithm::eddsa, "EdDSA", KeyType::okp, 64},
};

constexpr auto kAlgorithms = [] {
  std::array<Algorithm, kRows.size()> algorithms{};
  std::ranges::transform(kRows, algorithms.begin(), &Row::algorithm);
  return algorithms;
}();
static_assert(std::ranges::is_sorted(kAlgorithms) && kRows.back().algorithm == Algorithm{kRows.size() - 1},
              "the rows stand in the order of the enumerators");

const Row& row_of(Algorithm algorithm) noexcept { return kRows[static_cast<std::size_t>(algorithm)]; }

}  // namespace

std::string_view name_of(Algorithm algorithm) noexcept { return row_of(algorithm).name; }

std::string_view name_of(KeyType type) noexcept {
  switch (type) {
    case KeyType::oct: return "oct";
    case KeyType::rsa: return "RSA";
    case KeyType::ec: return "EC";
    case KeyType::okp: return "OKP";
  }
  std::unreachable();
}

Result<Algorithm> parse_algorithm(std::string_view name) {
  const auto row = std::ranges::find(kRows, name, &Row::name);
  if (row == kRows.end()) return failure(ErrorCode::token_algorithm_refused);
  return row->algorithm;
}

std::span<const Algorithm> all_algorithms() noexcept { return kAlgorithms; }

KeyType key_type_of(Algorithm algorithm) noexcept { return row_of(algorithm).key_type; }

bool is_symmetric(Algorithm algorithm) noexcept { return key_type_of(algorithm) == KeyType::oct; }

std::size_t hash_size_of(Algorithm algorithm) noexcept { return row_of(algorithm).hash_size; }

}  // namespace cardea
