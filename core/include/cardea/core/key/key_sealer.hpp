// Seals a key for the store and opens it again: XChaCha20-Poly1305 (draft-irtf-cfrg-xchacha-03) under a master key.
//
// The sealed text is strict base64url of: one byte, the version 1 · 8 bytes that name the master key and tell nothing
// of it · 24 random bytes, the nonce · the ciphertext with its tag. Kid and algorithm are sealed with it: moved to
// another key's row, it does not open.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cardea/core/base/secret.hpp>
#include <cardea/core/key/algorithm.hpp>
#include <cardea/core/key/key_id.hpp>
#include <cardea/core/key/master_key.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace cardea {

class KeySealer {
 public:
  explicit KeySealer(MasterKeys master_keys);

  // Another text each time.
  std::string seal(const KeyId& id, Algorithm algorithm, const Secret& material) const;

  // Errors: master_key_unusable when the master key that sealed it is none of these; store_corrupt when the text is
  // malformed, was changed, or belongs to another key or algorithm.
  Result<Secret> open(const KeyId& id, Algorithm algorithm, std::string_view sealed) const;

  // Whether the first of the master keys has sealed it; false for what is malformed.
  bool is_sealed_by_first(std::string_view sealed) const;

 private:
  // Null: none has that name.
  const Secret* master_key_named(std::string_view name) const noexcept;

  MasterKeys master_keys_;
  std::vector<std::string> names_;  // of the master keys, in their order
};

}  // namespace cardea
