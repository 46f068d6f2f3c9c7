#include <algorithm>
#include <cardea/core/access/role_administration.hpp>
#include <cardea/core/access/role_graph.hpp>

namespace cardea {
namespace {

template <class T>
const Error* refusal_in(const Result<T>& result) {
  return result ? nullptr : &result.error();
}

RoleDefinition administrator() { return {Role::parse("admin").value(), PermissionSet::from_scope("*"), {}}; }

Error changed_meanwhile(Error error) {
  if (error.code() != ErrorCode::conflict) return error;
  return Error{ErrorCode::precondition_failed, PublicText{"The role has been changed: read it again"}};
}

bool can_grant(const std::optional<Catalogue>& catalogue, const Permission& permission) {
  return !catalogue || catalogue->can_grant(permission.name());
}

}  // namespace

RoleAdministration::RoleAdministration(RoleStore& store, LiveRoles live, AuditSink& audit,
                                       std::optional<RoleGuard> guard)
    : store_(store),
      live_(std::move(live)),
      audit_(audit),
      guard_(std::move(guard)),
      declared_{administrator()},
      flat_(flattened(declared_)) {}

void RoleAdministration::declare(const Catalogue& catalogue) {
  const std::lock_guard lock{mutex_};
  catalogue_ = catalogue;
  declared_ = catalogue.definitions();
  flatten();
}

bool RoleAdministration::is_declared(const Role& role) const {
  return std::ranges::find(declared_, role, &RoleDefinition::role) != declared_.end();
}

// As they count: what is declared comes before what is stored, and a stored role gives what there is.
RoleAdministration::Roles RoleAdministration::all() const {
  auto roles = declared_;
  for (const auto& stored : stored_) {
    if (is_declared(stored.definition.role)) continue;
    auto role = stored.definition;
    role.permissions = {};
    for (const auto& permission : stored.definition.permissions.permissions()) {
      if (can_grant(catalogue_, permission)) role.permissions.add(permission);
    }
    roles.push_back(std::move(role));
  }
  return roles;
}

std::vector<std::string> RoleAdministration::complaints() const {
  const std::lock_guard lock{mutex_};
  std::vector<std::string> sentences;
  const auto roles = all();
  for (const auto& [role, version, changed_at] : stored_) {
    const auto of = "the stored role " + std::string(role.role.name()) + ' ';
    if (is_declared(role.role)) {
      sentences.push_back(of + "is declared by the application, too, and does not count: remove it");
    }
    for (const auto& permission : role.permissions.permissions()) {
      if (can_grant(catalogue_, permission)) continue;
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
  flat_ = flattened(all());
  live_.replace(flat_);
}

Done RoleAdministration::reload() {
  const std::lock_guard lock{mutex_};
  return read();
}

KnownRole RoleAdministration::known(const StoredRole& role) const {
  return {role, is_declared(role.definition.role), flat_.of(role.definition.role)};
}

Result<std::vector<KnownRole>> RoleAdministration::list() {
  const std::lock_guard lock{mutex_};
  if (auto done = read(); !done) return failure(std::move(done).error());
  std::vector<KnownRole> roles;
  for (const auto& role : declared_) roles.push_back(known({role, 1, {}}));
  for (const auto& role : stored_) {
    if (!is_declared(role.definition.role)) roles.push_back(known(role));
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
  if (is_declared(role.role)) return failure(ErrorCode::role_declared);
  for (const auto& permission : role.permissions.permissions()) {
    if (can_grant(catalogue_, permission)) continue;
    return failure(ErrorCode::permission_unknown, PublicText{"No such permission: " + std::string(permission.name())});
  }
  auto roles = all();
  std::erase_if(roles, [&role](const RoleDefinition& other) { return other.role == role.role; });
  roles.insert(roles.begin(), role);
  return check_roles(roles);
}

Done RoleAdministration::may_go(const Role& role) const {
  if (is_declared(role)) return failure(ErrorCode::role_declared);
  for (const auto& other : stored_) {
    if (other.definition.includes.contains(role.name())) {
      return failure(ErrorCode::role_in_use,
                     PublicText{"The role is included by " + std::string(other.definition.role.name())});
    }
  }
  return {};
}

Done RoleAdministration::keeps_a_holder(const Role& role, const RoleDefinition* changed, Instant now) const {
  if (!guard_) return {};
  auto roles = all();
  std::erase_if(roles, [&role](const RoleDefinition& other) { return other.role == role; });
  if (changed != nullptr) roles.push_back(*changed);
  const auto before = flat_.roles_with(guard_->permission), after = flattened(roles).roles_with(guard_->permission);
  if (std::ranges::includes(after, before)) return {};
  for (const auto& [holders, is_kept] : {std::pair{&after, true}, std::pair{&before, false}}) {
    const auto anyone = guard_->anyone_has(*holders, now);
    if (!anyone) return failure(anyone.error());
    if (*anyone && is_kept) return {};
    if (*anyone) return failure(ErrorCode::last_administrator);
  }
  return {};  // nobody had it before
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
  if (may) may = keeps_a_holder(role.role, &role, now);
  auto changed =
      may ? taken_in(store_.change(role, expected, now)) : Result<KnownRole>{failure(std::move(may).error())};
  if (!changed) changed = failure(changed_meanwhile(std::move(changed).error()));
  record(AuditAction::role_updated, role.role, origin, now, refusal_in(changed));
  return changed;
}

Done RoleAdministration::remove(const Role& role, std::optional<RoleVersion> expected, const Origin& origin,
                                Instant now) {
  const std::lock_guard lock{mutex_};
  auto done = read();
  if (done) done = may_go(role);
  if (done) done = keeps_a_holder(role, nullptr, now);
  if (done) done = store_.remove(role, expected);
  if (done) done = read();
  if (!done) done = failure(changed_meanwhile(std::move(done).error()));
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
