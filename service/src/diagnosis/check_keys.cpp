#include "diagnosis/check_keys.hpp"

#include <algorithm>

#include "diagnosis/findings.hpp"

namespace cardea::service {
namespace {

constexpr std::string_view kCheck = "signing key";
constexpr std::chrono::days kOld{365};
constexpr std::chrono::hours kOverdue{1};  // a running server looks every half minute

std::string day_of(Instant instant) { return to_rfc3339(instant).substr(0, 10); }

const RingKey* in_state(const std::vector<RingKey>& keys, KeyState state) {
  const auto found = std::ranges::find(keys, state, &RingKey::state);
  return found == keys.end() ? nullptr : &*found;
}

std::string described(const RingKey& key) {
  return std::string(name_of(key.algorithm)) + ' ' + std::string(key.id.text()) + " signs since " +
         day_of(key.signs_from);
}

Finding check_age(const RingKey& active, Instant now) {
  if (now - active.signs_from < kOld) {
    return ok(std::string(kCheck), described(active) + "; it is succeeded by `cardea key rotate` only");
  }
  return warning(std::string(kCheck), described(active) + ", for more than a year",
                 "run `cardea key rotate`, or set key_rotation_days");
}

}  // namespace

Finding check_signing_key(const std::vector<RingKey>& keys, std::optional<std::chrono::days> rotate_after,
                          Instant now) {
  const auto* const active = in_state(keys, KeyState::active);
  if (active == nullptr) {
    return problem(std::string(kCheck), "none signs at this moment", "look at `cardea key list`, and set the clock");
  }
  if (const auto* const next = in_state(keys, KeyState::upcoming)) {
    return ok(std::string(kCheck), described(*active) + "; the next one takes over at " + to_rfc3339(next->signs_from));
  }
  if (!rotate_after) return check_age(*active, now);
  const auto due = active->signs_from + *rotate_after;
  if (now < due + kOverdue) return ok(std::string(kCheck), described(*active) + "; the next one is due " + day_of(due));
  return warning(std::string(kCheck), described(*active) + ", and its successor was due " + day_of(due),
                 "start the server, which makes it, or run `cardea key rotate`");
}

}  // namespace cardea::service
