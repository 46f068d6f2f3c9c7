// Members of a JWK, read strictly (RFC 7517 section 4, RFC 7518 section 6).
#pragma once

#include <boost/json/object.hpp>
#include <cardea/core/base/result.hpp>
#include <cardea/core/base/secret.hpp>
#include <cstddef>
#include <optional>
#include <string_view>

namespace cardea {

// Errors of all: key_unusable, which names the member and never has its value.

// Absent is an empty optional.
Result<std::optional<std::string_view>> text_member(const boost::json::object& members, std::string_view name);

// base64url of any bytes; may not be absent.
Result<Secret> bytes_member(const boost::json::object& members, std::string_view name);

// The same of exactly `size` bytes.
Result<Secret> bytes_member(const boost::json::object& members, std::string_view name, std::size_t size);

// The same of a number in as few bytes as it needs (Base64urlUInt of RFC 7518 section 2), `most` at most.
Result<Secret> number_member(const boost::json::object& members, std::string_view name, std::size_t most);

}  // namespace cardea
