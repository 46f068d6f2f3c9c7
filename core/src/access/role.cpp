#include <cardea/core/access/role.hpp>

namespace cardea {

Result<Role> Role::parse(std::string_view text) {
  if (!is_role_name(text)) return failure(ErrorCode::role_invalid);
  return Role{text};
}

}  // namespace cardea
