#include <cardea/core/access/permission.hpp>

namespace cardea {

Result<Permission> Permission::parse(std::string_view text) {
  if (!is_permission(text)) return failure(ErrorCode::permission_invalid);
  return Permission{std::string(text)};
}

bool Permission::covers(std::string_view needed) const noexcept {
  if (!is_permission(needed)) return false;
  if (!name_.ends_with('*')) return needed == name_;
  return needed.starts_with(name().substr(0, name_.size() - 1));
}

}  // namespace cardea
