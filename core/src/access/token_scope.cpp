#include <cardea/core/access/token_scope.hpp>

namespace cardea {

std::optional<PermissionSet> token_scope(const Claims& claims) {
  if (claims.scope) return PermissionSet::from_scope(*claims.scope);
  if (claims.others.contains("scope")) return PermissionSet{};
  return std::nullopt;
}

}  // namespace cardea
