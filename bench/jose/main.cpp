// Signing and verifying by every algorithm, beside the raw primitive and Debian's other libraries, in one run.
// bench/jose.py makes the table of it.
#include <benchmark/benchmark.h>

#include <cardea/core/base/base64url.hpp>
#include <cardea/core/key/private_key.hpp>
#include <cardea/core/token/token_signer.hpp>
#include <cardea/core/token/verified_token_cache.hpp>
#include <memory>

#include "peers.hpp"

namespace cardea::bench {
namespace {

constexpr Instant kNow{std::chrono::seconds{1767268800}};
constexpr std::string_view kSecret = "a secret of sixty-four bytes, which is enough for HMAC with any ";

struct Subject {
  SigningKey key;
  KeyTexts texts;
};

Subject subject_for(Algorithm algorithm) {
  if (is_symmetric(algorithm)) {
    const std::string secret{kSecret};
    auto jwk = R"({"kty":"oct","k":")" + to_base64url(secret) + "\"}";
    return {SigningKey{HmacKey::from_secret(Secret::copy_of(secret), algorithm).value()}, {secret, {}, {}, jwk}};
  }
  auto pair = PrivateKey::generate(algorithm).value();
  KeyTexts texts{
      {}, std::string(pair.to_pem().expose()), pair.public_key().to_pem(), std::string(pair.to_jwk().expose())};
  return {SigningKey{std::move(pair)}, std::move(texts)};
}

void add(std::string_view who, std::string_view does, Algorithm algorithm, std::function<bool()> once) {
  const auto name = std::string(who).append("/").append(does).append("/").append(name_of(algorithm));
  benchmark::RegisterBenchmark(name.c_str(), [once = std::move(once)](benchmark::State& state) {
    if (!once()) return state.SkipWithError("refused");
    for (auto _ : state) benchmark::DoNotOptimize(once());
  });
}

void add_peer(std::string_view who, Algorithm algorithm, const std::optional<Peer>& peer) {
  if (!peer) return;
  const auto token = std::make_shared<const std::string>(peer->sign());
  add(who, "sign", algorithm, [sign = peer->sign] { return !sign().empty(); });
  add(who, "verify", algorithm, [verify = peer->verify, token] { return verify(*token); });
}

void add_cardea(Algorithm algorithm, const SigningKey& key) {
  const auto claims = std::make_shared<const Claims>(parse_claims(kClaims).value());
  const auto signer = std::make_shared<const TokenSigner>(key);
  const auto token = std::make_shared<const std::string>(signer->sign(*claims).value());
  const auto verifier =
      std::make_shared<const TokenVerifier>(VerificationKeySet{key.verification_key()}, TokenPolicy::tutorial());
  const auto seen = std::make_shared<CachedTokenVerifier>(*verifier);
  add("cardea", "sign", algorithm, [signer, claims] { return signer->sign(*claims).has_value(); });
  add("cardea", "verify", algorithm, [verifier, token] { return verifier->verify(*token, kNow).has_value(); });
  add("cardea", "seen", algorithm, [verifier, seen, token] { return seen->verify(*token, kNow).has_value(); });
}

void add_all() {
  for (const auto algorithm : all_algorithms()) {
    const auto subject = subject_for(algorithm);
    add_cardea(algorithm, subject.key);
    add_peer("raw", algorithm, raw_openssl(algorithm, subject.texts));
    add_peer("sodium", algorithm, raw_sodium(algorithm, subject.texts));
    add_peer("libjwt", algorithm, libjwt(algorithm, subject.texts));
    add_peer("cjose", algorithm, cjose(algorithm, subject.texts));
  }
}

}  // namespace
}  // namespace cardea::bench

int main(int argc, char** argv) {
  benchmark::Initialize(&argc, argv);
  cardea::bench::add_all();
  benchmark::RunSpecifiedBenchmarks();
}
