#include <algorithm>
#include <cardea/core/access/permission_set.hpp>
#include <iterator>

namespace cardea {

PermissionSet::PermissionSet(std::vector<Permission> permissions) : permissions_(std::move(permissions)) {
  std::ranges::sort(permissions_);
  const auto repeated = std::ranges::unique(permissions_);
  permissions_.erase(repeated.begin(), repeated.end());
}

PermissionSet PermissionSet::from_scope(std::string_view scope) {
  std::vector<Permission> permissions;
  while (!scope.empty()) {
    const auto word = scope.substr(0, scope.find(' '));
    if (auto permission = Permission::parse(word)) permissions.push_back(*std::move(permission));
    scope.remove_prefix(std::min(word.size() + 1, scope.size()));
  }
  return PermissionSet{std::move(permissions)};
}

Result<PermissionSet> PermissionSet::parse_scope(std::string_view scope) {
  std::vector<Permission> permissions;
  for (bool is_last = scope.empty(); !is_last;) {
    const auto word = scope.substr(0, scope.find(' '));
    auto permission = Permission::parse(word);
    if (!permission) return failure(std::move(permission).error());
    permissions.push_back(*std::move(permission));
    is_last = word.size() == scope.size();
    scope.remove_prefix(is_last ? word.size() : word.size() + 1);
  }
  return PermissionSet{std::move(permissions)};
}

void PermissionSet::add(Permission permission) {
  const auto place = std::ranges::lower_bound(permissions_, permission);
  if (place == permissions_.end() || *place != permission) permissions_.insert(place, std::move(permission));
}

void PermissionSet::add(const PermissionSet& others) {
  for (const auto& permission : others.permissions_) add(permission);
}

bool PermissionSet::allows(std::string_view needed) const noexcept {
  return std::ranges::any_of(permissions_, [needed](const Permission& held) { return held.covers(needed); });
}

// Of two permissions either one covers the other or they have nothing in common.
PermissionSet PermissionSet::narrowed_to(const PermissionSet& other) const {
  std::vector<Permission> both;
  const auto keep_allowed = [&both](const PermissionSet& from, const PermissionSet& by) {
    std::ranges::copy_if(from.permissions_, std::back_inserter(both),
                         [&by](const Permission& permission) { return by.allows(permission); });
  };
  keep_allowed(*this, other);
  keep_allowed(other, *this);
  return PermissionSet{std::move(both)};
}

PermissionSet PermissionSet::beyond(const PermissionSet& limit) const {
  std::vector<Permission> excess;
  std::ranges::copy_if(permissions_, std::back_inserter(excess),
                       [&limit](const Permission& permission) { return !limit.allows(permission); });
  return PermissionSet{std::move(excess)};
}

std::string PermissionSet::to_scope() const {
  std::string scope;
  for (const auto& permission : permissions_) scope.append(scope.empty() ? "" : " ").append(permission.name());
  return scope;
}

}  // namespace cardea
