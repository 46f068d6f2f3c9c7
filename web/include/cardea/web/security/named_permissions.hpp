// Which permissions and roles of an application's catalogue a type names: what the compiler holds against the catalogue
// of an AppWith. A user's own type names what those that it is built on name.
#pragma once

#include <array>
#include <cardea/web/extract/dependency.hpp>
#include <string_view>

namespace cardea::web {

template <class T>
inline constexpr std::array<std::string_view, 0> permissions_named_by{};
template <class T>
inline constexpr std::array<std::string_view, 0> roles_named_by{};

}  // namespace cardea::web
