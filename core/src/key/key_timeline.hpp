// When each key of a ring signs and verifies, as it follows from the stored rows.
#pragma once

#include <cardea/core/key/key_ring.hpp>
#include <cardea/core/key/key_store.hpp>
#include <span>
#include <vector>

namespace cardea {

// A verifier may tolerate clocks that differ by this much (ClockSkew), so an expired token may be accepted so long.
inline constexpr std::chrono::seconds kVerifiesOn{60};

struct KeyTimes {
  std::size_t row = 0;  // which of the stored rows
  Instant signs_from{};
  std::optional<Instant> signs_until;
  std::optional<Instant> verifies_until;
  bool is_cut_off = false;
  // Cut off before its time came: it never signed, and nothing was succeeded by it.
  bool never_signed = false;
};

// In the order in which they sign.
std::vector<KeyTimes> timeline_of(std::span<const StoredKey> rows);

KeyState state_at(const KeyTimes& times, Instant now) noexcept;

// The one that signs at `now`; before the first one's time, as after a step of the clock, the first one. Null if that
// has been cut off and nothing has taken its place.
const KeyTimes* signing_at(std::span<const KeyTimes> timeline, Instant now) noexcept;

// The one that is to sign next; null if there is none.
const KeyTimes* upcoming_at(std::span<const KeyTimes> timeline, Instant now) noexcept;

}  // namespace cardea
