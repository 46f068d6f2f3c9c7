#include <algorithm>
#include <cardea/core/access/role_administration.hpp>
#include <cardea/core/access/role_graph.hpp>

namespace cardea {
namespace {

template <class T>
const Error* refusal_in(const Result<T>& result) {
  return result ? nullptr : &result.error();
}

// A role of another version than was expected is refused with the version that there is.
Error changed_meanwhile(Error error, const Role& role, RoleStore& store) {
  if (error.code() != ErrorCode::conflict) return error;
  Error changed{ErrorCode::precondition_failed, PublicText{"The role has been changed: read it again"}};
  const auto stored = store.list();
  if (!stored) return changed;
  for (const auto& other : *stored) {
    if (other.definition.role == role) return std::move(changed).with_version(other.version);
  }
  return changed;
}

}  // namespace

RoleAdministration::RoleAdministration(RoleStore& store, LiveRoles live, AuditSink& audit, std::string guarded)
    : store_(store), live_(std::move(live)), audit_(audit), guarded_(std::move(guarded)) {
  flat_ = flattened(declared_.definitions());
  live_.declare(declared_);
}

void RoleAdministration::declare(const Catalogue& catalogue) {
  const std::lock_guard lock{mutex_};
  declared_ = DeclaredRoles{catalogue};
  live_.declare(declared_);
  flatten();
}

std::vector<std::string> RoleAdministration::complaints() const {
  const std::lock_guard lock{mutex_};
  std::vector<std::string> sentences;
  const auto roles = declared_.with(stored_);
  for (const auto& [role, version, changed_at] : stored_) {
    const auto of = "the stored role " + std::string(role.role.name()) + ' ';
    if (declared_.contain(role.role)) {
      sentences.push_back(of + "is declared by the application, too, and does not count: remove it");
    }
    for (const auto& permission : role.permissions.permissions()) {
      if (declared_.can_grant(permission)) continue;
      sentences.push_back(
          of + "has the permission " + std::string(permission.name()) +
          ", which the application does not declare; it grants nothing: change the role, or declare it");
    }
    for (const auto& included : role.includes.roles()) {
      if (std::ranges::find(roles, included, &RoleDefinition::role) != roles.end()) continue;
      sentences.push_back(of + "includes the role " + std::string(included.name()) +
                          ", which there is not: change the role, or add that one");
    }
  }
  return sentences;
}

Done RoleAdministration::read() {
  auto stored = store_.list();
  if (!stored) return failure(std::move(stored).error());
  stored_ = *std::move(stored);
  flatten();
  return {};
}

void RoleAdministration::flatten() {
  flat_ = flattened(declared_.with(stored_));
  live_.replace(flat_);
}

Done RoleAdministration::reload() {
  const std::lock_guard lock{mutex_};
  return read();
}

KnownRole RoleAdministration::known(const StoredRole& role) const {
  return {role, declared_.contain(role.definition.role), flat_.of(role.definition.role)};
}

Result<std::vector<KnownRole>> RoleAdministration::list() {
  const std::lock_guard lock{mutex_};
  if (auto done = read(); !done) return failure(std::move(done).error());
  std::vector<KnownRole> roles;
  for (const auto& role : declared_.definitions()) roles.push_back(known({role, 1, {}}));
  for (const auto& role : stored_) {
    if (!declared_.contain(role.definition.role)) roles.push_back(known(role));
  }
  return roles;
}

Result<KnownRole> RoleAdministration::find(const Role& role) {
  auto roles = list();
  if (!roles) return failure(std::move(roles).error());
  for (auto& known : *roles) {
    if (known.stored.definition.role == role) return std::move(known);
  }
  return failure(ErrorCode::role_not_found);
}

PermissionSet RoleAdministration::effective(const RoleDefinition& role) {
  const std::lock_guard lock{mutex_};
  auto permissions = role.permissions;
  for (const auto& included : role.includes.roles()) permissions.add(flat_.of(included));
  return permissions;
}

Done RoleAdministration::may_become(const RoleDefinition& role) const {
  if (declared_.contain(role.role)) return failure(ErrorCode::role_declared);
  for (const auto& permission : role.permissions.permissions()) {
    if (declared_.can_grant(permission)) continue;
    return failure(ErrorCode::permission_unknown, PublicText{"No such permission: " + std::string(permission.name())});
  }
  auto roles = declared_.with(stored_);
  std::erase_if(roles, [&role](const RoleDefinition& other) { return other.role == role.role; });
  roles.insert(roles.begin(), role);
  return check_roles(roles);
}

Done RoleAdministration::may_go(const Role& role) const {
  if (declared_.contain(role)) return failure(ErrorCode::role_declared);
  for (const auto& other : stored_) {
    if (other.definition.includes.contains(role.name())) {
      return failure(ErrorCode::role_in_use,
                     PublicText{"The role is included by " + std::string(other.definition.role.name())});
    }
  }
  return {};
}

RoleConditions RoleAdministration::conditions(std::optional<RoleVersion> expected) const {
  if (guarded_.empty()) return {.version = expected};
  return {.version = expected,
          .guarded = [this](std::span<const StoredRole> stored) { return live_.roles_with(guarded_, stored); }};
}

Result<KnownRole> RoleAdministration::taken_in(Result<StoredRole> changed) {
  if (!changed) return failure(std::move(changed).error());
  if (auto done = read(); !done) return failure(std::move(done).error());
  return known(*changed);
}

Result<KnownRole> RoleAdministration::add(const RoleDefinition& role, const Origin& origin, Instant now) {
  const std::lock_guard lock{mutex_};
  auto may = read();
  if (may) may = may_become(role);
  auto added = may ? taken_in(store_.add(role, now)) : Result<KnownRole>{failure(std::move(may).error())};
  if (!added && added.error().code() == ErrorCode::conflict) {
    added = failure(ErrorCode::conflict, PublicText{"There is a role " + std::string(role.role.name()) + " already"});
  }
  record(AuditAction::role_created, role.role, origin, now, refusal_in(added));
  return added;
}

Result<KnownRole> RoleAdministration::change(const RoleDefinition& role, std::optional<RoleVersion> expected,
                                             const Origin& origin, Instant now) {
  const std::lock_guard lock{mutex_};
  auto may = read();
  if (may) may = may_become(role);
  auto changed = may ? taken_in(store_.change(role, conditions(expected), now))
                     : Result<KnownRole>{failure(std::move(may).error())};
  if (!changed) changed = failure(changed_meanwhile(std::move(changed).error(), role.role, store_));
  record(AuditAction::role_updated, role.role, origin, now, refusal_in(changed));
  return changed;
}

Done RoleAdministration::remove(const Role& role, std::optional<RoleVersion> expected, const Origin& origin,
                                Instant now) {
  const std::lock_guard lock{mutex_};
  auto done = read();
  if (done) done = may_go(role);
  if (done) done = store_.remove(role, conditions(expected), now);
  if (done) done = read();
  if (!done) done = failure(changed_meanwhile(std::move(done).error(), role, store_));
  record(AuditAction::role_deleted, role, origin, now, refusal_in(done));
  return done;
}

void RoleAdministration::record(AuditAction action, const Role& role, const Origin& origin, Instant now,
                                const Error* refusal) {
  AuditEvent event{now, action, std::string(role.name()), origin, {}};
  if (refusal != nullptr) event.reason = refusal->code();
  audit_.record(event);
}

}  // namespace cardea
