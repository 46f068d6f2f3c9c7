// Compact tokens: whatever verifies is, to the byte, a token that was signed with one of the fuzzer's keys.
#include <cardea/core/base/base64url.hpp>
#include <cardea/core/key/jwk_set.hpp>
#include <cardea/core/token/token_verifier.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>

#include "fuzzers.hpp"
#include "property.hpp"

namespace cardea::fuzz {
namespace {

namespace fs = std::filesystem;

// When the valid tokens are: 2026-01-01T12:00:00Z.
constexpr Instant kNow{std::chrono::seconds{1767268800}};

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::set<std::string, std::less<>> tokens_named(std::string_view prefix) {
  std::set<std::string, std::less<>> tokens;
  for (const auto& entry : fs::directory_iterator(fs::path(CARDEA_FUZZ_SEEDS) / "compact_token")) {
    if (entry.path().filename().string().starts_with(prefix)) tokens.insert(text_of(entry.path()));
  }
  require(!tokens.empty(), "the fuzzer has tokens of its own");
  return tokens;
}

// One key for each algorithm.
VerificationKeySet own_keys() {
  std::vector<VerificationKey> keys;
  for (const auto* file : {"own_public_keys.json", "own_secrets.json"}) {
    const auto set = read_jwk_set(text_of(fs::path(CARDEA_FUZZ_SEEDS) / "jwk_set" / file)).value();
    keys.insert(keys.end(), set.keys().begin(), set.keys().end());
  }
  require(keys.size() == all_algorithms().size(), "the fuzzer has a key for each algorithm");
  return VerificationKeySet::of(std::move(keys)).value();
}

void require_the_same_parts(std::string_view text, const UncheckedJws& jws) {
  const auto payload_and_signature = '.' + to_base64url(jws.payload()) + '.' + to_base64url(jws.signature());
  require(text.ends_with(payload_and_signature), "a token is the parts that it was taken apart into");
  require(text.substr(0, jws.signing_input().size()) == jws.signing_input(),
          "the signature is over header and payload");
}

}  // namespace

void compact_token(std::string_view text) {
  static const JwsVerifier keys{own_keys()};
  static const TokenVerifier verifier{own_keys(), TokenPolicy::tutorial()};
  static const auto valid = tokens_named("valid_");
  static const auto refused_by_claims = tokens_named("refused_");

  JwsBuffer buffer;
  if (const auto jws = UncheckedJws::parse(text, buffer)) require_the_same_parts(text, *jws);
  require(keys.verify(text).has_value() == (valid.contains(text) || refused_by_claims.contains(text)),
          "a signature holds exactly if it was made with the key");
  require(verifier.verify(text, kNow).has_value() == valid.contains(text), "exactly the valid tokens verify");
}

}  // namespace cardea::fuzz
