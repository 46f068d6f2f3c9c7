#include "key/key_timeline.hpp"

#include <algorithm>

namespace cardea {
namespace {

KeyTimes times_of(const StoredKey& row, std::size_t index) {
  KeyTimes times{.row = index,
                 .signs_from = row.signs_from,
                 .signs_until = {},
                 .verifies_until = row.retired_at,
                 .is_cut_off = row.retired_at.has_value(),
                 .never_signed = row.retired_at && *row.retired_at <= row.signs_from};
  return times;
}

void set_end(KeyTimes& times, Instant successor_signs_from, std::chrono::seconds longest_token) {
  times.signs_until = successor_signs_from;
  const Instant last_expiry = successor_signs_from + longest_token + kVerifiesOn;
  times.verifies_until = std::min(times.verifies_until.value_or(last_expiry), last_expiry);
}

}  // namespace

std::vector<KeyTimes> timeline_of(std::span<const StoredKey> rows) {
  std::vector<KeyTimes> timeline;
  for (std::size_t i = 0; i < rows.size(); ++i) timeline.push_back(times_of(rows[i], i));
  std::ranges::stable_sort(timeline, {}, &KeyTimes::signs_from);
  KeyTimes* predecessor = nullptr;
  for (auto& times : timeline) {
    if (times.never_signed) continue;
    if (predecessor != nullptr) set_end(*predecessor, times.signs_from, rows[predecessor->row].longest_token);
    predecessor = &times;
  }
  return timeline;
}

KeyState state_at(const KeyTimes& times, Instant now) noexcept {
  if (times.is_cut_off || (times.verifies_until && now >= *times.verifies_until)) return KeyState::retired;
  if (now < times.signs_from) return KeyState::upcoming;
  return times.signs_until && now >= *times.signs_until ? KeyState::retiring : KeyState::active;
}

const KeyTimes* signing_at(std::span<const KeyTimes> timeline, Instant now) noexcept {
  const KeyTimes* signing = nullptr;
  for (const auto& times : timeline) {
    if (!times.never_signed && (signing == nullptr || times.signs_from <= now)) signing = &times;
  }
  return signing != nullptr && signing->is_cut_off ? nullptr : signing;
}

const KeyTimes* upcoming_at(std::span<const KeyTimes> timeline, Instant now) noexcept {
  const auto found =
      std::ranges::find_if(timeline, [&](const KeyTimes& times) { return state_at(times, now) == KeyState::upcoming; });
  return found == timeline.end() ? nullptr : &*found;
}

}  // namespace cardea
