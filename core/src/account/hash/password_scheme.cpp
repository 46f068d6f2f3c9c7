#include "account/hash/password_scheme.hpp"

#include <algorithm>
#include <array>

#include "account/hash/argon2.hpp"
#include "account/hash/bcrypt.hpp"
#include "account/hash/bcrypt_sha256.hpp"
#include "account/hash/firebase_scrypt.hpp"
#include "account/hash/hash_text.hpp"
#include "account/hash/pbkdf2.hpp"
#include "account/hash/scrypt.hpp"
#include "account/hash/scrypt_crypt.hpp"
#include "account/hash/sha512_crypt.hpp"

namespace cardea {
namespace {

constexpr std::size_t kLongestHash = 512;

// read(hash) is a Result of what verify(password, …) takes.
template <auto read, auto verify>
constexpr PasswordScheme read_and_verified(std::string_view prefix) {
  return {prefix,
          [](std::string_view hash) -> Done {
            auto parts = read(hash);
            if (!parts) return failure(std::move(parts).error());
            return {};
          },
          [](std::string_view password, std::string_view hash) -> Result<bool> {
            auto parts = read(hash);
            if (!parts) return failure(std::move(parts).error());
            return verify(password, *parts);
          }};
}

constexpr PasswordScheme bcrypt(std::string_view prefix) { return {prefix, check_bcrypt, verify_bcrypt}; }

constexpr PasswordScheme argon2(std::string_view prefix) {
  return {prefix, [](std::string_view hash) { return check_argon2(hash); },
          [](std::string_view password, std::string_view hash) { return verify_argon2(password, hash); }};
}

// Django writes its own word before another's notation.
constexpr std::string_view kDjangoArgon2 = "argon2";
constexpr std::string_view kDjangoBcrypt = "bcrypt$";

constexpr PasswordScheme kArgon2OfDjango{
    "argon2$argon2",
    [](std::string_view hash) { return check_argon2(hash.substr(kDjangoArgon2.size()), kMostDjangoArgon2Lanes); },
    [](std::string_view password, std::string_view hash) {
      return verify_argon2(password, hash.substr(kDjangoArgon2.size()), kMostDjangoArgon2Lanes);
    }};

constexpr PasswordScheme kBcryptOfDjango{
    kDjangoBcrypt, [](std::string_view hash) { return check_bcrypt(hash.substr(kDjangoBcrypt.size())); },
    [](std::string_view password, std::string_view hash) {
      return verify_bcrypt(password, hash.substr(kDjangoBcrypt.size()));
    }};

constexpr std::array kSchemes{
    argon2("$argon2id$"),
    argon2("$argon2i$"),
    bcrypt("$2b$"),
    bcrypt("$2a$"),
    bcrypt("$2y$"),
    PasswordScheme{"$6$", check_sha512_crypt, verify_sha512_crypt},
    PasswordScheme{"$y$", check_yescrypt, verify_yescrypt},
    PasswordScheme{"$7$", check_scrypt_crypt, verify_scrypt_crypt},
    read_and_verified<read_scrypt, verify_scrypt>("$scrypt$"),
    read_and_verified<read_passlib_pbkdf2, verify_pbkdf2>("$pbkdf2-sha256$"),
    read_and_verified<read_passlib_pbkdf2, verify_pbkdf2>("$pbkdf2-sha512$"),
    read_and_verified<read_passlib_pbkdf2, verify_pbkdf2>("$pbkdf2$"),
    PasswordScheme{"$bcrypt-sha256$", check_passlib_bcrypt_sha256, verify_passlib_bcrypt_sha256},
    read_and_verified<read_django_pbkdf2, verify_pbkdf2>("pbkdf2_sha256$"),
    read_and_verified<read_django_pbkdf2, verify_pbkdf2>("pbkdf2_sha1$"),
    read_and_verified<read_django_scrypt, verify_scrypt>("scrypt$"),
    kArgon2OfDjango,
    kBcryptOfDjango,
    PasswordScheme{"bcrypt_sha256$", check_django_bcrypt_sha256, verify_django_bcrypt_sha256},
    read_and_verified<read_firebase_scrypt, verify_firebase_scrypt>("$firebase-scrypt$"),
};

}  // namespace

Result<const PasswordScheme*> scheme_of(std::string_view hash) {
  const auto* const found =
      std::ranges::find_if(kSchemes, [hash](const auto& scheme) { return hash.starts_with(scheme.prefix); });
  if (found == kSchemes.end()) return unsupported_hash("a password hash of an unknown scheme");
  if (hash.size() > kLongestHash || hash.contains('\0')) return unsupported_hash("malformed password hash");
  return found;
}

}  // namespace cardea
