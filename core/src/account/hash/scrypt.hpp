// scrypt hashes (RFC 7914): passlib's, which is the PHC form too, and Django's; and those of a Firebase project.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cardea/core/base/secret.hpp>
#include <string>
#include <string_view>

#include "account/hash/scrypt_cost.hpp"

namespace cardea {

struct ScryptHash {
  ScryptCost cost;
  std::string salt;
  std::string digest;
};

// `size` bytes. The cost has been checked. Error: service_unavailable when there is no memory for it.
Result<Secret> derive_scrypt(std::string_view password, std::string_view salt, const ScryptCost& cost,
                             std::size_t size);

// $scrypt$ln=16,r=8,p=1$salt$digest. Error: password_hash_unsupported, when out of bounds too.
Result<ScryptHash> read_scrypt(std::string_view hash);
// scrypt$16384$salt$8$5$digest. Likewise.
Result<ScryptHash> read_django_scrypt(std::string_view hash);

Result<bool> verify_scrypt(std::string_view password, const ScryptHash& hash);

}  // namespace cardea
