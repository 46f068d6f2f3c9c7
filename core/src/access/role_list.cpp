#include <algorithm>
#include <cardea/core/access/role_list.hpp>

namespace cardea {

RoleList::RoleList(std::vector<Role> roles) {
  for (auto role = roles.begin(); role != roles.end();) {
    role = std::find(roles.begin(), role, *role) == role ? std::next(role) : roles.erase(role);
  }
  if (!roles.empty()) roles_ = std::make_shared<const std::vector<Role>>(std::move(roles));
}

Result<RoleList> RoleList::parse(std::string_view text) {
  std::vector<Role> roles;
  for (bool is_last = text.empty(); !is_last;) {
    const auto word = text.substr(0, text.find(' '));
    auto role = Role::parse(word);
    if (!role) return failure(std::move(role).error());
    roles.push_back(*std::move(role));
    is_last = word.size() == text.size();
    text.remove_prefix(is_last ? word.size() : word.size() + 1);
  }
  return RoleList{std::move(roles)};
}

std::string RoleList::to_text() const {
  std::string text;
  for (const auto& role : roles()) text.append(text.empty() ? "" : " ").append(role.name());
  return text;
}

bool RoleList::contains(std::string_view name) const noexcept {
  return std::ranges::find(roles(), name, &Role::name) != roles().end();
}

bool operator==(const RoleList& a, const RoleList& b) noexcept { return std::ranges::equal(a.roles(), b.roles()); }

}  // namespace cardea
