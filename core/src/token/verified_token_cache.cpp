#include <sodium.h>

#include <algorithm>
#include <cardea/core/base/thread_number.hpp>
#include <cardea/core/token/verified_token_cache.hpp>
#include <cstring>
#include <thread>
#include <utility>

#include "base/sodium_ready.hpp"

namespace cardea {
namespace {

std::size_t shards_for(std::size_t sets) {
  const auto threads = std::clamp<std::size_t>(std::thread::hardware_concurrency(), 1, kThreadNumbers);
  return std::clamp<std::size_t>(sets, 1, threads);
}

}  // namespace

std::size_t CachedTokenVerifier::Shard::start_of_set(std::uint64_t hash) const noexcept {
  const std::uint64_t sets = places_.size() / kPlacesInASet;
  return ((hash >> 32U) * sets >> 32U) * kPlacesInASet;
}

std::span<CachedTokenVerifier::Shard::Place> CachedTokenVerifier::Shard::set_of(std::uint64_t hash) noexcept {
  return std::span{places_}.subspan(start_of_set(hash), places_.empty() ? 0 : kPlacesInASet);
}

std::span<const CachedTokenVerifier::Shard::Place> CachedTokenVerifier::Shard::set_of(
    std::uint64_t hash) const noexcept {
  return std::span{places_}.subspan(start_of_set(hash), places_.empty() ? 0 : kPlacesInASet);
}

CachedTokenVerifier::Found CachedTokenVerifier::Shard::find(std::uint64_t hash, std::string_view compact) const {
  const std::lock_guard lock{mutex_};
  for (const auto& [its_hash, entry] : set_of(hash)) {
    if (its_hash == hash && entry && equal_in_constant_time(entry->compact.expose(), compact)) {
      return {entry, generation_};
    }
  }
  return {nullptr, generation_};
}

void CachedTokenVerifier::Shard::remember(std::uint64_t hash, EntryPointer entry, std::uint64_t seen_generation) {
  const std::lock_guard lock{mutex_};
  const auto set = set_of(hash);
  if (generation_ != seen_generation || set.empty()) return;
  auto replaced = std::ranges::find(set, hash, &Place::hash);
  if (replaced == set.end()) replaced = std::ranges::find(set, nullptr, &Place::entry);
  if (replaced == set.end()) --replaced;
  std::move_backward(set.begin(), replaced, std::next(replaced));
  set.front() = {hash, std::move(entry)};
}

void CachedTokenVerifier::Shard::forget(std::uint64_t hash, const Entry& entry) {
  const std::lock_guard lock{mutex_};
  for (auto& place : set_of(hash)) {
    if (place.entry.get() == &entry) place = {};
  }
}

void CachedTokenVerifier::Shard::forget_if(const std::function<bool(const VerifiedToken&)>& is_forgotten) {
  const std::lock_guard lock{mutex_};
  ++generation_;
  for (auto& place : places_) {
    if (place.entry && is_forgotten(place.entry->token)) place = {};
  }
}

void CachedTokenVerifier::Shard::forget_all() noexcept {
  const std::lock_guard lock{mutex_};
  ++generation_;
  std::ranges::fill(places_, Place{});
}

std::size_t CachedTokenVerifier::Shard::size() const {
  const std::lock_guard lock{mutex_};
  return places_.size() - static_cast<std::size_t>(std::ranges::count(places_, nullptr, &Place::entry));
}

CachedTokenVerifier::CachedTokenVerifier(const TokenVerifier& verifier, std::size_t capacity)
    : verifier_(verifier), shards_(shards_for(capacity / kPlacesInASet)) {
  make_sodium_ready();
  randombytes_buf(hash_key_.data(), hash_key_.size());
  for (auto& shard : shards_) shard.make_room_for(capacity / kPlacesInASet / shards_.size());
}

CachedTokenVerifier::Shard& CachedTokenVerifier::shard_of_this_thread() noexcept {
  return shards_[thread_number() % shards_.size()];
}

// Of the end of the signature, which nobody can choose.
std::uint64_t CachedTokenVerifier::hash_of(std::string_view compact) const noexcept {
  static_assert(crypto_shorthash_BYTES == sizeof(std::uint64_t) && crypto_shorthash_KEYBYTES == sizeof hash_key_);
  constexpr std::size_t kEnough = 32;
  const auto end = compact.substr(compact.size() - std::min(compact.size(), kEnough));
  std::uint64_t hash = 0;
  crypto_shorthash(reinterpret_cast<unsigned char*>(&hash), reinterpret_cast<const unsigned char*>(end.data()),
                   end.size(), hash_key_.data());
  return hash;
}

Result<SharedToken> CachedTokenVerifier::verify(std::string_view compact, Instant now) {
  auto& shard = shard_of_this_thread();
  const auto hash = hash_of(compact);
  const auto answer = [](EntryPointer entry) {
    const auto& token = entry->token;
    return SharedToken(std::move(entry), &token);
  };

  auto [entry, generation] = shard.find(hash, compact);
  const auto keys = verifier_.keys().keys_at(now);
  if (entry) {
    if (entry->keys == keys && verifier_.check_times(entry->token, now)) {
      look_ups_.hits.add();
      return answer(std::move(entry));
    }
    shard.forget(hash, *entry);
  }
  look_ups_.misses.add();
  auto token = verifier_.verify(compact, now, *keys);
  if (!token) return failure(std::move(token).error());
  entry = std::make_shared<const Entry>(Secret::copy_of(compact), keys, *std::move(token));
  if (compact.size() <= kLongestRemembered) shard.remember(hash, entry, generation);
  return answer(std::move(entry));
}

void CachedTokenVerifier::forget_all() noexcept { std::ranges::for_each(shards_, &Shard::forget_all); }

void CachedTokenVerifier::forget_if(const std::function<bool(const VerifiedToken&)>& is_forgotten) {
  for (auto& shard : shards_) shard.forget_if(is_forgotten);
}

std::size_t CachedTokenVerifier::size() const {
  std::size_t tokens = 0;
  for (const auto& shard : shards_) tokens += shard.size();
  return tokens;
}

}  // namespace cardea
