#include <benchmark/benchmark.h>

#include <cardea/core/token/token_signer.hpp>

#include "../allocation_count.hpp"

namespace cardea::bench {
namespace {

void sign_token_of_the_tutorial(benchmark::State& state) {
  constexpr Instant kNow{std::chrono::seconds{1767268800}};
  const TokenSigner signer{SigningKey{HmacKey::from_secret(Secret{std::string(32, 's')}, Algorithm::hs256).value()}};
  const AllocationColumn column(state);
  for (auto _ : state) {
    Claims claims;
    claims.subject = "alice";
    claims.role = "admin";
    claims.issued_at = kNow;
    claims.expires_at = kNow + std::chrono::minutes{30};
    benchmark::DoNotOptimize(signer.sign(claims));
  }
}
BENCHMARK(sign_token_of_the_tutorial);

}  // namespace
}  // namespace cardea::bench
