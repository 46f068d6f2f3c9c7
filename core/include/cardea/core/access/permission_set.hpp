// Permissions of one holder, without order and without repetition. An empty set allows nothing.
#pragma once

#include <cardea/core/access/permission.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace cardea {

class PermissionSet {
 public:
  PermissionSet() = default;
  explicit PermissionSet(std::vector<Permission> permissions);

  // The permissions of a scope, which is words between spaces (RFC 6749 section 3.3). A word that is no permission is
  // skipped: another service's scopes may be anything.
  static PermissionSet from_scope(std::string_view scope);

  // The same, strictly: words that are permissions, one space between two of them; empty text is the empty set.
  // Error: permission_invalid.
  static Result<PermissionSet> parse_scope(std::string_view scope);

  void add(Permission permission);
  void add(const PermissionSet& others);

  // Text that is no permission is never allowed.
  bool allows(std::string_view needed) const noexcept;
  bool allows(const Permission& needed) const noexcept { return allows(needed.name()); }

  // What both allow.
  PermissionSet narrowed_to(const PermissionSet& other) const;

  // Those that `limit` does not allow.
  PermissionSet beyond(const PermissionSet& limit) const;

  // In alphabetical order; from_scope reads it back.
  std::string to_scope() const;

  std::span<const Permission> permissions() const noexcept { return permissions_; }  // ascending
  bool empty() const noexcept { return permissions_.empty(); }
  friend bool operator==(const PermissionSet&, const PermissionSet&) = default;

 private:
  std::vector<Permission> permissions_;  // ascending, each once
};

}  // namespace cardea
