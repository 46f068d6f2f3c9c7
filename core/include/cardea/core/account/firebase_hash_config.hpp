// The password hash parameters of a Firebase project, with which its exported hashes become ones that verify here.
#pragma once

#include <cardea/core/account/password_hash.hpp>
#include <cardea/core/base/result.hpp>
#include <cardea/core/base/secret.hpp>
#include <cstdint>
#include <string>
#include <string_view>

namespace cardea {

class FirebaseHashConfig {
 public:
  // The text that Firebase's console shows (Authentication, Users, Password hash parameters):
  //   hash_config { algorithm: SCRYPT, base64_signer_key: …, base64_salt_separator: Bw==, rounds: 8, mem_cost: 14, }
  // Error: configuration_invalid, which names the member and never repeats it.
  static Result<FirebaseHashConfig> parse(std::string_view text);

  // From what `firebase auth:export` writes of an account, salt and passwordHash in base64. Neither the signer key nor
  // anything that it could be had from is in the answer. Error: password_hash_unsupported.
  Result<PasswordHash> hash_of(std::string_view salt, std::string_view password_hash) const;

 private:
  FirebaseHashConfig() = default;
  Secret signer_key_;
  std::string salt_separator_;
  std::uint32_t rounds_ = 0;
  std::uint32_t memory_cost_ = 0;
};

}  // namespace cardea
