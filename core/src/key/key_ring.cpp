#include <algorithm>
#include <cardea/core/key/key_ring.hpp>
#include <utility>

#include "key/key_material.hpp"
#include "key/key_ring_snapshot.hpp"
#include "key/key_timeline.hpp"

namespace cardea {
namespace {

// What other nodes may be behind with, in learning of a change and by their clocks.
constexpr std::chrono::seconds kPropagation{5};

using Rows = std::vector<StoredKey>;

bool same_but_for_seals(std::span<const StoredKey> a, std::span<const StoredKey> b) {
  return std::ranges::equal(a, b, [](StoredKey left, const StoredKey& right) {
    left.sealed = right.sealed;
    return left == right;
  });
}

const StoredKey* find_row(std::span<const StoredKey> rows, const KeyId& id) {
  const auto found = std::ranges::find(rows, id, &StoredKey::id);
  return found == rows.end() ? nullptr : &*found;
}

// How long before it signs a key is there for others to see.
std::chrono::seconds lead_of(const KeyRingOptions& options) {
  return is_symmetric(options.algorithm) ? kPropagation : options.publication + kPropagation;
}

struct NewPlace {
  Instant created_at{};
  Instant signs_from{};
  std::chrono::seconds longest_token{};
  std::optional<KeyId> succeeds;
};

// Somebody else may have been quicker; then theirs is the one, and the next reading has it.
Done store_new(KeyStore& store, const KeyRing::SealerSource& sealer_source, const NewKey& fresh, NewPlace place) {
  const auto sealer = sealer_source();
  if (!sealer) return failure(sealer.error());
  const auto& key = fresh.key;
  const auto added = store.add({.id = key.id(),
                                .algorithm = key.algorithm(),
                                .sealed = sealer->seal(key.id(), key.algorithm(), fresh.material),
                                .created_at = place.created_at,
                                .signs_from = place.signs_from,
                                .longest_token = place.longest_token,
                                .succeeds = std::move(place.succeeds),
                                .retired_at = {}});
  if (!added) return failure(added.error());
  return {};
}

RingKey described(const StoredKey& row, const KeyTimes& times, Instant now) {
  return {.id = row.id,
          .algorithm = row.algorithm,
          .state = state_at(times, now),
          .created_at = row.created_at,
          .signs_from = row.signs_from,
          .signs_until = times.signs_until,
          .verifies_until = times.verifies_until};
}

}  // namespace

std::string_view name_of(KeyState state) noexcept {
  switch (state) {
    case KeyState::upcoming: return "upcoming";
    case KeyState::active: return "active";
    case KeyState::retiring: return "retiring";
    case KeyState::retired: return "retired";
  }
  std::unreachable();
}

KeyRing::KeyRing(KeyStore& store, SealerSource sealer, const KeyRingOptions& options)
    : store_(store), sealer_(std::move(sealer)), options_(options) {}

KeyRing::~KeyRing() = default;

Result<std::shared_ptr<KeyRing>> KeyRing::open(KeyStore& store, SealerSource sealer, const KeyRingOptions& options,
                                               Instant now, RingUse use) {
  using Steps = std::vector<Done (KeyRing::*)(Instant)>;
  const Steps serving{&KeyRing::ensure_first, &KeyRing::reload, &KeyRing::ensure_algorithm,
                      &KeyRing::raise_longest_token};
  const Steps signing{&KeyRing::ensure_first, &KeyRing::reload, &KeyRing::keep_algorithm,
                      &KeyRing::raise_longest_token};
  const Steps reading{&KeyRing::reload, &KeyRing::keep_algorithm};
  std::shared_ptr<KeyRing> ring{new KeyRing(store, std::move(sealer), options)};
  for (const auto step : use == RingUse::serving ? serving : use == RingUse::signing ? signing : reading) {
    if (auto done = (*ring.*step)(now); !done) return failure(std::move(done).error());
  }
  if (use == RingUse::serving) {
    if (auto due = ring->maintain(now); !due) return failure(std::move(due).error());
  }
  return ring;
}

std::shared_ptr<const JwsVerifier> KeyRing::keys_at(Instant now) const {
  // Without a count of its owners, which every thread would write to: it lives as long as the ring.
  return {std::shared_ptr<void>{}, &current().keys_at(now)};
}

std::shared_ptr<const TokenSigner> KeyRing::signer_at(Instant now) const {
  return {std::shared_ptr<void>{}, current().signer_at(now)};
}

std::vector<RingKey> KeyRing::keys(Instant now) const {
  const auto& snapshot = current();
  std::vector<RingKey> keys;
  for (const auto& times : snapshot.timeline()) keys.push_back(described(snapshot.rows()[times.row], times, now));
  return keys;
}

const PublishedKeySet& KeyRing::published_at(Instant now) const { return current().published_at(now); }

Done KeyRing::ensure_first(Instant now) {
  const auto rows = store_.list();
  if (!rows) return failure(rows.error());
  if (!rows->empty()) return {};
  const std::lock_guard lock{mutex_};
  return add(std::nullopt, now, now);
}

Done KeyRing::ensure_algorithm(Instant now) {
  const std::lock_guard lock{mutex_};
  const auto& snapshot = current();
  const auto* const upcoming = upcoming_at(snapshot.timeline(), now);
  const auto* const next = upcoming != nullptr ? upcoming : signing_at(snapshot.timeline(), now);
  if (next != nullptr && snapshot.rows()[next->row].algorithm == options_.algorithm) return {};
  if (upcoming != nullptr) {
    if (auto cut = store_.retire(snapshot.rows()[upcoming->row].id, now); !cut) return cut;
  }
  const auto signs_from = next == nullptr ? now : now + lead_of(options_);
  if (auto added = add(snapshot.rows().back().id, signs_from, now); !added) return added;
  return read_again(now);
}

Done KeyRing::keep_algorithm(Instant) {
  const std::lock_guard lock{mutex_};
  if (current().rows().empty()) return failure(ErrorCode::key_not_found, PublicText{"There is no key yet"});
  for (const auto& times : current().timeline()) {
    if (!times.never_signed) options_.algorithm = current().rows()[times.row].algorithm;
  }
  return {};
}

Done KeyRing::raise_longest_token(Instant now) {
  const std::lock_guard lock{mutex_};
  for (const auto& key : keys(now)) {
    const auto* const row = find_row(current().rows(), key.id);
    const bool may_sign = key.state == KeyState::active || key.state == KeyState::upcoming;
    if (!may_sign || row->longest_token >= options_.token_lifetime) continue;
    if (auto raised = store_.raise_longest_token(key.id, options_.token_lifetime); !raised) return raised;
  }
  return read_again(now);
}

Done KeyRing::reload(Instant now) {
  const std::lock_guard lock{mutex_};
  return read_again(now);
}

Done KeyRing::read_again(Instant now) {
  auto rows = store_.list();
  if (!rows) return failure(std::move(rows).error());
  const auto* const before = current_.load(std::memory_order_acquire);
  if (before != nullptr && same_but_for_seals(before->rows(), *rows)) return {};
  auto opened = open_all(*rows, now);
  if (!opened) return failure(std::move(opened).error());
  snapshots_.push_back(std::make_unique<const Snapshot>(*std::move(rows), *std::move(opened), options_));
  current_.store(snapshots_.back().get(), std::memory_order_release);
  return {};
}

// Those that may still sign or verify. One that is open already needs no master key.
Result<std::map<KeyId, SigningKey>> KeyRing::open_all(const std::vector<StoredKey>& rows, Instant now) const {
  const auto* const before = current_.load(std::memory_order_acquire);
  std::map<KeyId, SigningKey> opened;
  std::optional<Result<KeySealer>> sealer;
  for (const auto& times : timeline_of(rows)) {
    const auto& row = rows[times.row];
    if (state_at(times, now) == KeyState::retired) continue;
    if (before != nullptr && before->opened().contains(row.id)) {
      opened.emplace(row.id, before->opened().at(row.id));
      continue;
    }
    if (!sealer) sealer = sealer_();
    if (!*sealer) return failure(sealer->error());
    const auto material = (*sealer)->open(row.id, row.algorithm, row.sealed);
    if (!material) return failure(material.error());
    auto key = signing_key_of(*material, row.algorithm, row.id);
    if (!key) return failure(ErrorCode::store_corrupt, PrivateText{"a stored key is not usable"});
    opened.emplace(row.id, *std::move(key));
  }
  return opened;
}

Done KeyRing::add(std::optional<KeyId> succeeds, Instant signs_from, Instant now) {
  return store_new(store_, sealer_, new_key(options_.algorithm),
                   {.created_at = now,
                    .signs_from = signs_from,
                    .longest_token = options_.token_lifetime,
                    .succeeds = std::move(succeeds)});
}

Done KeyRing::adopt(KeyStore& store, const SealerSource& sealer, const Secret& secret, Algorithm algorithm,
                    const KeyRingOptions& options, Instant now) {
  auto key = HmacKey::from_secret(secret, algorithm);
  if (!key) return failure(std::move(key).error());
  return store_new(
      store, sealer, {SigningKey{*std::move(key)}, secret.clone()},
      {.created_at = now, .signs_from = now, .longest_token = options.token_lifetime, .succeeds = std::nullopt});
}

Result<std::optional<KeyId>> KeyRing::maintain(Instant now) {
  const std::lock_guard lock{mutex_};
  if (!options_.rotate_after) return std::nullopt;
  if (auto read = read_again(now); !read) return failure(std::move(read).error());
  const auto& snapshot = current();
  const auto* const signing = signing_at(snapshot.timeline(), now);
  if (signing == nullptr || upcoming_at(snapshot.timeline(), now) != nullptr) return std::nullopt;
  const Instant ends = signing->signs_from + *options_.rotate_after;
  if (now < ends - lead_of(options_)) return std::nullopt;
  auto done = add(snapshot.rows().back().id, std::max(ends, now + lead_of(options_)), now);
  if (done) done = read_again(now);
  if (!done) return failure(std::move(done).error());
  const auto successor = upcoming(now);
  return successor ? std::optional{successor->id} : std::nullopt;
}

Result<KeyId> KeyRing::rotate(Takeover takeover, Instant now) {
  const std::lock_guard lock{mutex_};
  if (auto read = read_again(now); !read) return failure(std::move(read).error());
  const auto before = upcoming(now);
  if (before && takeover == Takeover::after_publication) {
    return failure(ErrorCode::conflict,
                   PublicText{"The key " + std::string(before->id.text()) + " is upcoming already, and signs from " +
                              to_rfc3339(before->signs_from)});
  }
  if (auto done = succeed(takeover, now); !done) return failure(std::move(done).error());
  const auto after = upcoming(now);
  if (after) return after->id;
  return current().signer_at(now)->key().id();
}

// The last key gets a successor, or the upcoming one is brought forward.
Done KeyRing::succeed(Takeover takeover, Instant now) {
  const auto next = upcoming(now);
  const auto done =
      next ? store_.start_signing(next->id, now)
           : add(current().rows().back().id, takeover == Takeover::at_once ? now : now + lead_of(options_), now);
  if (!done) return done;
  return read_again(now);
}

Done KeyRing::retire(const KeyId& id, Instant now) {
  const std::lock_guard lock{mutex_};
  if (auto read = read_again(now); !read) return read;
  if (find_row(current().rows(), id) == nullptr) return failure(ErrorCode::key_not_found);
  const auto* const signer = current().signer_at(now);
  // First the successor: at no moment is there nothing that signs.
  if (signer != nullptr && signer->key().id() == id) {
    if (auto succeeded = succeed(Takeover::at_once, now); !succeeded) return succeeded;
  }
  if (auto cut = store_.retire(id, now); !cut) return cut;
  return read_again(now);
}

std::optional<RingKey> KeyRing::upcoming(Instant now) const {
  const auto& snapshot = current();
  const auto* const times = upcoming_at(snapshot.timeline(), now);
  if (times == nullptr) return std::nullopt;
  return described(snapshot.rows()[times->row], *times, now);
}

Result<Secret> KeyRing::export_jwk(const KeyId& id, Instant now) const {
  const auto& snapshot = current();
  const auto* const row = find_row(snapshot.rows(), id);
  if (row == nullptr || !snapshot.opened().contains(id)) return failure(ErrorCode::key_not_found);
  for (const auto& key : keys(now)) {
    if (key.id == id && key.state == KeyState::retired) return failure(ErrorCode::key_not_found);
  }
  const auto sealer = sealer_();
  if (!sealer) return failure(sealer.error());
  const auto material = sealer->open(row->id, row->algorithm, row->sealed);
  if (!material) return failure(material.error());
  return jwk_of(*material, row->algorithm, row->id);
}

}  // namespace cardea
