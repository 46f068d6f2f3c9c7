// Tokens that have been seen before, and some that have not; one cache is shared by all threads.
#include <benchmark/benchmark.h>

#include <cardea/core/key/private_key.hpp>
#include <cardea/core/token/token_signer.hpp>
#include <cardea/core/token/verified_token_cache.hpp>
#include <string>
#include <vector>

#include "../allocation_count.hpp"

namespace cardea::bench {
namespace {

constexpr Instant kNow{std::chrono::seconds{1767268800}};

SigningKey key_for(Algorithm algorithm) {
  if (is_symmetric(algorithm)) return SigningKey{HmacKey::from_secret(Secret{std::string(64, 's')}, algorithm).value()};
  return SigningKey{PrivateKey::generate(algorithm).value()};
}

std::vector<std::string> tokens_of(const SigningKey& key, int count) {
  std::vector<std::string> tokens;
  for (int i = 0; i < count; ++i) {
    Claims claims;
    claims.subject = "alice" + std::to_string(i);
    claims.role = "admin";
    claims.issued_at = kNow;
    claims.expires_at = kNow + std::chrono::minutes{30};
    if (!is_symmetric(key.algorithm())) {  // as long as those of RFC 9068
      claims.issuer = "https://id.example";
      claims.token_id = claims.session_id = "0190f3a2-7c1e-7d3b-9f21-5b8e6a4c2d10";
      claims.scope = "posts:read posts:write";
      claims.others["client_id"] = "https://orders.example";
    }
    tokens.push_back(TokenSigner{key}.sign(claims).value());
  }
  return tokens;
}

struct Service {
  Service(Algorithm algorithm, int count, std::size_t capacity)
      : key(key_for(algorithm)),
        tokens(tokens_of(key, count)),
        verifier(VerificationKeySet{key.verification_key()}, TokenPolicy::tutorial()),
        cache(verifier, capacity) {}

  SigningKey key;
  std::vector<std::string> tokens;
  TokenVerifier verifier;
  CachedTokenVerifier cache;
};

void verify_in_turn(benchmark::State& state, Service& service) {
  for (const auto& token : service.tokens) {
    if (!service.cache.verify(token, kNow)) state.SkipWithError("refused");
  }
  const AllocationColumn column(state);
  std::size_t next = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(service.cache.verify(service.tokens[next], kNow));
    if (++next == service.tokens.size()) next = 0;
  }
}

template <Algorithm kAlgorithm>
void verify_token_seen_before(benchmark::State& state) {
  static Service service{kAlgorithm, 1, 16'384};
  verify_in_turn(state, service);
}
BENCHMARK(verify_token_seen_before<Algorithm::hs256>)->ThreadRange(1, 2)->UseRealTime();
BENCHMARK(verify_token_seen_before<Algorithm::rs256>)->ThreadRange(1, 2)->UseRealTime();
BENCHMARK(verify_token_seen_before<Algorithm::es256>)->ThreadRange(1, 2)->UseRealTime();
BENCHMARK(verify_token_seen_before<Algorithm::eddsa>)->ThreadRange(1, 2)->UseRealTime();

void verify_thousand_tokens_seen_before(benchmark::State& state) {
  static Service service{Algorithm::hs256, 1'000, 16'384};
  verify_in_turn(state, service);
}
BENCHMARK(verify_thousand_tokens_seen_before)->ThreadRange(1, 2)->UseRealTime();

void verify_tokens_not_seen_before(benchmark::State& state) {
  static Service service{Algorithm::hs256, 8'192, 1'024};  // pushed out before their turn comes again
  verify_in_turn(state, service);
}
BENCHMARK(verify_tokens_not_seen_before)->ThreadRange(1, 2)->UseRealTime();

}  // namespace
}  // namespace cardea::bench
