// What people call a thing, for reading only.
#pragma once

#include <cstddef>
#include <string_view>

namespace cardea {

// 1 to `longest` characters of UTF-8, none of them a control character (C0, DEL, C1), not all of them blank.
bool is_display_name(std::string_view text, std::size_t longest) noexcept;

}  // namespace cardea
