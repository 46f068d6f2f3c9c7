// HMAC-SHA-256 of a token's signing input: the key's kept state against what OpenSSL offers.
#include <benchmark/benchmark.h>
#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/hmac.h>

#include <array>
#include <cardea/core/key/hmac_key.hpp>
#include <memory>

#include "../allocation_count.hpp"

namespace cardea::bench {
namespace {

const std::string kSecret(32, 's');
const std::string kMessage(150, 'm');  // as long as the tutorial's signing input with a kid
const auto* bytes_of(const std::string& text) { return reinterpret_cast<const unsigned char*>(text.data()); }

using Mac = std::unique_ptr<EVP_MAC, decltype(&EVP_MAC_free)>;
using MacContext = std::unique_ptr<EVP_MAC_CTX, decltype(&EVP_MAC_CTX_free)>;

MacContext keyed_context() {
  const Mac mac(EVP_MAC_fetch(nullptr, "HMAC", nullptr), &EVP_MAC_free);
  MacContext context(EVP_MAC_CTX_new(mac.get()), &EVP_MAC_CTX_free);
  std::array<char, 7> digest{"SHA256"};
  const std::array parameters{OSSL_PARAM_construct_utf8_string(OSSL_MAC_PARAM_DIGEST, digest.data(), 0),
                              OSSL_PARAM_construct_end()};
  EVP_MAC_init(context.get(), bytes_of(kSecret), kSecret.size(), parameters.data());
  return context;
}

void finish(EVP_MAC_CTX* context) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  std::size_t size = 0;
  EVP_MAC_update(context, bytes_of(kMessage), kMessage.size());
  EVP_MAC_final(context, digest.data(), &size, digest.size());
  benchmark::DoNotOptimize(digest);
}

void hmac_cardea_key(benchmark::State& state) {
  const auto key = HmacKey::from_secret(Secret::copy_of(kSecret), Algorithm::hs256).value();
  const AllocationColumn column(state);
  for (auto _ : state) benchmark::DoNotOptimize(key.sign(kMessage));
}
BENCHMARK(hmac_cardea_key);

void hmac_evp_mac_key_kept(benchmark::State& state) {
  const auto context = keyed_context();
  for (auto _ : state) {
    EVP_MAC_init(context.get(), nullptr, 0, nullptr);
    finish(context.get());
  }
}
BENCHMARK(hmac_evp_mac_key_kept);

void hmac_evp_mac_copied(benchmark::State& state) {
  const auto context = keyed_context();
  for (auto _ : state) {
    const MacContext copy(EVP_MAC_CTX_dup(context.get()), &EVP_MAC_CTX_free);
    finish(copy.get());
  }
}
BENCHMARK(hmac_evp_mac_copied);

void hmac_one_shot(benchmark::State& state) {
  for (auto _ : state) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
    unsigned size = 0;
    HMAC(EVP_sha256(), kSecret.data(), static_cast<int>(kSecret.size()), bytes_of(kMessage), kMessage.size(),
         digest.data(), &size);
    benchmark::DoNotOptimize(digest);
  }
}
BENCHMARK(hmac_one_shot);

}  // namespace
}  // namespace cardea::bench
