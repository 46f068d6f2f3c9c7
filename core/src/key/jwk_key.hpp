// Asymmetric keys between a JWK's members and OpenSSL (RFC 7518 sections 6.2 and 6.3, RFC 8037 section 2).
#pragma once

#include <boost/json/object.hpp>
#include <cardea/core/base/result.hpp>
#include <cardea/core/base/secret.hpp>
#include <cardea/core/key/algorithm.hpp>
#include <string>
#include <utility>
#include <vector>

#include "key/openssl.hpp"

namespace cardea {

// Error: key_unusable. Whether the key serves the algorithm otherwise is for check_key to say.
Result<openssl::Key> public_key_of(const boost::json::object& members, Algorithm algorithm);
Result<openssl::Key> private_key_of(const boost::json::object& members, Algorithm algorithm);

// Names and values, in the lexicographic order of the names: what a thumbprint is over (RFC 7638 section 3.2).
std::vector<std::pair<std::string, std::string>> public_members_of(const EVP_PKEY* key, Algorithm algorithm);

// The private ones alone.
std::vector<std::pair<std::string, Secret>> private_members_of(const EVP_PKEY* key, Algorithm algorithm);

}  // namespace cardea
