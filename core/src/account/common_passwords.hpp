// The passwords that everybody tries first: core/data/common_passwords.txt, embedded at build.
#pragma once

#include <span>
#include <string_view>

namespace cardea {

// In lower case, sorted by bytes.
std::span<const std::string_view> common_passwords() noexcept;

}  // namespace cardea
