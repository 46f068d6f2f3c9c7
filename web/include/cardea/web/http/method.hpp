// The methods that a route can have; everything else is `other` and matches no route.
#pragma once

#include <cstdint>
#include <string_view>

namespace cardea::web {

enum class Method : std::uint8_t { get, head, post, put, patch, delete_, options, other };

std::string_view name_of(Method method) noexcept;     // "GET"
Method parse_method(std::string_view name) noexcept;  // case-sensitive (RFC 9110 section 9.1)

}  // namespace cardea::web
