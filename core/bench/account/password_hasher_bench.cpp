// One password hash at the floor, a verification, and what a refusal of an unbounded or unknown hash costs.
#include <benchmark/benchmark.h>

#include <cardea/core/account/password_hasher.hpp>

namespace cardea::bench {
namespace {

const PasswordHasher& hasher() {
  static const PasswordHasher hasher;
  return hasher;
}

void hash_argon2id(benchmark::State& state) {
  const auto password = Secret::copy_of("correct horse");
  for (auto _ : state) benchmark::DoNotOptimize(hasher().hash(password));
}
BENCHMARK(hash_argon2id)->Unit(benchmark::kMillisecond)->ThreadRange(1, 2)->UseRealTime();

void verify_argon2id(benchmark::State& state) {
  const auto password = Secret::copy_of("correct horse");
  const auto hash = hasher().hash(password).value();
  for (auto _ : state) benchmark::DoNotOptimize(hasher().verify(password, hash));
}
BENCHMARK(verify_argon2id)->Unit(benchmark::kMillisecond);

void verify_bcrypt_of_cost_12(benchmark::State& state) {
  const auto password = Secret::copy_of("correct horse");
  const PasswordHash hash{"$2b$12$Q/q4hc55Tt4bRBFpGaDa2eJGDT2gFt5ixLtDpKIinOtsgm/g1RU7K"};
  for (auto _ : state) benchmark::DoNotOptimize(hasher().verify(password, hash));
}
BENCHMARK(verify_bcrypt_of_cost_12)->Unit(benchmark::kMillisecond);

void refuse_an_unbounded_hash(benchmark::State& state) {
  const auto password = Secret::copy_of("correct horse");
  const PasswordHash hash{
      "$argon2id$v=19$m=4194304,t=100,p=1$c2FsdHNhbHQwMTIz$xogKE0OUww3chtkcD/U8NUp/L64lztskxbpxey17"};
  for (auto _ : state) benchmark::DoNotOptimize(hasher().verify(password, hash));
}
BENCHMARK(refuse_an_unbounded_hash);

}  // namespace
}  // namespace cardea::bench
