// The signature algorithms of RFC 7518 section 3 that are done here. There is no `none`, not even as a value.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cstddef>
#include <span>
#include <string_view>

namespace cardea {

enum class Algorithm : unsigned char { hs256, hs384, hs512 };

// The registered name: HS256.
std::string_view name_of(Algorithm algorithm) noexcept;

// Exact and case-sensitive (RFC 7515 section 4.1.1). Error: token_algorithm_refused.
Result<Algorithm> parse_algorithm(std::string_view name);

std::span<const Algorithm> all_algorithms() noexcept;

// Bytes of the algorithm's hash, which is also the least size of an HMAC key (RFC 7518 section 3.2).
std::size_t hash_size_of(Algorithm algorithm) noexcept;

}  // namespace cardea
