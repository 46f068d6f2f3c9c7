#include "key/key_ring_snapshot.hpp"

#include <openssl/evp.h>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>
#include <cardea/core/base/base64url.hpp>
#include <set>

namespace cardea {
namespace {

PublishedKeySet published(const std::vector<VerificationKey>& keys) {
  boost::json::array jwks;
  for (const auto& key : keys) {
    if (const auto* public_key = key.public_key()) jwks.push_back(public_key->to_jwk());
  }
  auto json = boost::json::serialize(boost::json::object{{"keys", std::move(jwks)}});
  std::string digest(EVP_MAX_MD_SIZE, '\0');
  unsigned size = 0;
  EVP_Digest(json.data(), json.size(), reinterpret_cast<unsigned char*>(digest.data()), &size, EVP_sha256(), nullptr);
  constexpr std::size_t kEnough = 16;
  return {std::move(json), '"' + to_base64url(std::string_view{digest}.substr(0, kEnough)) + '"'};
}

}  // namespace

KeyRing::Snapshot::Snapshot(std::vector<StoredKey> rows, std::map<KeyId, SigningKey> opened,
                            const KeyRingOptions& options)
    : rows_(std::move(rows)), timeline_(timeline_of(rows_)), opened_(std::move(opened)) {
  for (const auto& [id, key] : opened_) {
    const bool is_secret = is_symmetric(key.algorithm());
    signers_.emplace(id, TokenSigner{key, is_secret ? options.token_type_of_secrets : options.token_type});
  }
  std::set<Instant> ends;
  for (const auto& times : timeline_) {
    if (times.verifies_until && !times.is_cut_off) ends.insert(*times.verifies_until);
  }
  add_phase(Instant::min());
  for (const auto end : ends) add_phase(end);
}

// One that has been cut off is in none of them, wherever the clock is set.
void KeyRing::Snapshot::add_phase(Instant from) {
  std::vector<VerificationKey> keys;
  for (const auto& times : timeline_) {
    const auto found = opened_.find(rows_[times.row].id);
    const bool is_over = times.is_cut_off || (times.verifies_until && *times.verifies_until <= from);
    if (!is_over && found != opened_.end()) keys.push_back(found->second.verification_key());
  }
  auto set = published(keys);
  phases_.push_back({from, JwsVerifier{VerificationKeySet::of(std::move(keys)).value()}, std::move(set)});
}

const KeyRing::Snapshot::Phase& KeyRing::Snapshot::phase_at(Instant now) const noexcept {
  auto phase = phases_.rbegin();
  while (phase->from > now) ++phase;
  return *phase;
}

const TokenSigner* KeyRing::Snapshot::signer_at(Instant now) const noexcept {
  const auto* times = signing_at(timeline_, now);
  if (times == nullptr) return nullptr;
  const auto found = signers_.find(rows_[times->row].id);
  return found == signers_.end() ? nullptr : &found->second;
}

}  // namespace cardea
