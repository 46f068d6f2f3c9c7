// bcrypt over a digest of the password, so that every byte counts: Django's and passlib's.
#pragma once

#include <cardea/core/base/result.hpp>
#include <string_view>

namespace cardea {

// bcrypt_sha256$$2b$12$…: the digest in hexadecimal.
Done check_django_bcrypt_sha256(std::string_view hash);
Result<bool> verify_django_bcrypt_sha256(std::string_view password, std::string_view hash);

// $bcrypt-sha256$v=2,t=2b,r=12$salt$digest: an HMAC keyed with the salt, in base64; and before passlib 1.7.3
// $bcrypt-sha256$2b,12$salt$digest: the digest in base64.
Done check_passlib_bcrypt_sha256(std::string_view hash);
Result<bool> verify_passlib_bcrypt_sha256(std::string_view password, std::string_view hash);

}  // namespace cardea
