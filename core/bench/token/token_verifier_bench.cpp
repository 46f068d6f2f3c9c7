// A token of the tutorial, verified at first sight; one verifier is shared by all threads.
#include <benchmark/benchmark.h>

#include <cardea/core/base/base64url.hpp>
#include <cardea/core/token/token_signer.hpp>
#include <cardea/core/token/token_verifier.hpp>

#include "../allocation_count.hpp"

namespace cardea::bench {
namespace {

constexpr Instant kNow{std::chrono::seconds{1767268800}};

const HmacKey& key() {
  static const auto key = HmacKey::from_secret(Secret{std::string(32, 's')}, Algorithm::hs256).value();
  return key;
}

std::string token() {
  Claims claims;
  claims.subject = "alice";
  claims.role = "admin";
  claims.issued_at = kNow;
  claims.expires_at = kNow + std::chrono::minutes{30};
  return TokenSigner{SigningKey{key()}}.sign(claims).value();
}

std::string signed_with(std::string_view header, std::string_view payload) {
  auto text = to_base64url(header) + '.' + to_base64url(payload);
  const auto signature = key().sign(text);
  return text + '.' + to_base64url(signature.view());
}

const TokenVerifier& verifier() {
  static const TokenVerifier verifier{VerificationKeySet{VerificationKey{key()}}, TokenPolicy::tutorial()};
  return verifier;
}

void verify(benchmark::State& state, const std::string& compact, bool is_valid) {
  if (verifier().verify(compact, kNow).has_value() != is_valid) state.SkipWithError("not what was expected");
  const AllocationColumn column(state);
  for (auto _ : state) benchmark::DoNotOptimize(verifier().verify(compact, kNow));
}

void verify_own_token(benchmark::State& state) { verify(state, token(), true); }
BENCHMARK(verify_own_token)->ThreadRange(1, 2);

void verify_token_with_an_unusual_header(benchmark::State& state) {
  verify(state, signed_with(R"({"typ":"JWT","alg":"HS256"})", R"({"sub":"alice","role":"admin","exp":1767270600})"),
         true);
}
BENCHMARK(verify_token_with_an_unusual_header);

void refuse_forged_token(benchmark::State& state) {
  auto compact = token();
  compact[compact.size() - 2] = compact[compact.size() - 2] == 'A' ? 'B' : 'A';
  verify(state, compact, false);
}
BENCHMARK(refuse_forged_token);

void parse_claims_of_the_tutorial(benchmark::State& state) {
  const AllocationColumn column(state);
  for (auto _ : state) {
    benchmark::DoNotOptimize(parse_claims(R"({"sub":"alice","role":"admin","iat":1767268800,"exp":1767270600})"));
  }
}
BENCHMARK(parse_claims_of_the_tutorial);

}  // namespace
}  // namespace cardea::bench
