// The two forms of an ECDSA signature: r and s side by side, as a JWS has it (RFC 7518 section 3.4), and the DER of
// OpenSSL (RFC 3279 section 2.2.3).
#pragma once

#include <cardea/core/key/signature.hpp>
#include <cstddef>
#include <optional>
#include <string_view>

namespace cardea {

// `raw` has an even number of bytes, 132 at most. Whether r and s are in range is for the verification to say.
Signature ecdsa_der_of(std::string_view raw) noexcept;

// `half` bytes for each of r and s. Empty if the DER is no such signature.
std::optional<Signature> ecdsa_raw_of(std::string_view der, std::size_t half) noexcept;

}  // namespace cardea
