// The verdicts of `cardea token verify --jwks FILE [--issuer I --audience A]` on many tokens in one process. Reads a
// token a line, in hexadecimal since it may hold any byte; writes `accepted` or the name of the error, a line each.
#include <cardea/core/base/clock.hpp>
#include <cardea/core/key/jwk_set.hpp>
#include <cardea/core/token/token_verifier.hpp>
#include <fstream>
#include <iostream>
#include <iterator>

namespace {

using namespace cardea;

std::string bytes_of(std::string_view hexadecimal) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string bytes;
  for (std::size_t at = 0; at + 1 < hexadecimal.size(); at += 2) {
    const auto high = kDigits.find(hexadecimal[at]);
    const auto low = kDigits.find(hexadecimal[at + 1]);
    bytes += static_cast<char>(high * 16 + low);
  }
  return bytes;
}

std::string content_of(const char* file) {
  std::ifstream stream(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(stream), {}};
}

TokenPolicy policy_of(int count, char** arguments) {
  auto policy = TokenPolicy::tutorial();
  if (count < 4) return policy;
  return std::move(policy).expecting_issuer(Issuer{arguments[2]}).expecting_audience(Audience{arguments[3]});
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2 && count != 4) return 2;
  auto keys = read_jwk_set(content_of(arguments[1]));
  if (!keys) return 2;
  const TokenVerifier verifier{*std::move(keys), policy_of(count, arguments)};
  for (std::string line; std::getline(std::cin, line);) {
    const auto token = verifier.verify(bytes_of(line), SystemClock{}.now());
    std::cout << (token ? "accepted" : name_of(token.error().code())) << '\n' << std::flush;
  }
  return 0;
}
