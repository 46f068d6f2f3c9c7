#include <algorithm>
#include <cardea/service/wiring/key_administration.hpp>

namespace cardea::service {
namespace {

std::unexpected<Error> no_ring() {
  return failure(ErrorCode::conflict,
                 PublicText{"The secret is configured (jwt_secret); to change it, change the configuration"});
}

}  // namespace

KeyAdministration::KeyAdministration(std::shared_ptr<KeyRing> ring, std::chrono::seconds jwks_cache, AuditSink& audit)
    : ring_(std::move(ring)), jwks_cache_(jwks_cache), audit_(audit), none_{R"({"keys":[]})", "\"none\""} {}

std::vector<RingKey> KeyAdministration::keys(Instant now) const {
  return ring_ ? ring_->keys(now) : std::vector<RingKey>{};
}

Result<RingKey> KeyAdministration::rotate(Takeover takeover, const Origin& origin, Instant now) {
  if (!ring_) return no_ring();
  return recorded(ring_->rotate(takeover, now), AuditAction::key_rotated, origin, now);
}

Done KeyAdministration::maintain(Instant now) {
  if (!ring_) return {};
  auto successor = ring_->maintain(now);
  if (!successor) return failure(std::move(successor).error());
  if (!*successor) return {};
  auto added =
      recorded(**std::move(successor), AuditAction::key_rotated, {.address = "schedule", .request_id = {}}, now);
  return added ? Done{} : failure(std::move(added).error());
}

Result<RingKey> KeyAdministration::retire(const KeyId& id, const Origin& origin, Instant now) {
  if (!ring_) return no_ring();
  if (auto retired = ring_->retire(id, now); !retired) return failure(std::move(retired).error());
  return recorded(id, AuditAction::key_retired, origin, now);
}

Result<RingKey> KeyAdministration::recorded(Result<KeyId> changed, AuditAction action, const Origin& origin,
                                            Instant now) {
  if (!changed) return failure(std::move(changed).error());
  audit_.record({.at = now, .action = action, .subject = std::string(changed->text()), .origin = origin, .reason = {}});
  const auto all = keys(now);
  const auto found = std::ranges::find(all, *changed, &RingKey::id);
  if (found == all.end()) return failure(ErrorCode::key_not_found);
  return *found;
}

const PublishedKeySet& KeyAdministration::published_at(Instant now) const {
  return ring_ ? ring_->published_at(now) : none_;
}

}  // namespace cardea::service
