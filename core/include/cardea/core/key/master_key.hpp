// What seals the stored keys (cardea/core/key/key_sealer.hpp); kept apart from them, never in the database.
//
// The text has one line for each master key, strict base64url of 32 bytes. The first one seals, every one opens: a
// change of master key puts a new line in front, seals all keys again, and then drops the old ones, so that there is a
// way back from every step of it.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cardea/core/base/secret.hpp>
#include <cstddef>
#include <span>
#include <vector>

namespace cardea {

class MasterKeys {
 public:
  static constexpr std::size_t kKeyBytes = 32;
  static constexpr std::size_t kMostKeys = 8;

  // 1 to 8 different lines, with or without a newline after the last one, and nothing else. Error: master_key_unusable;
  // its private text says which line, and nothing of what stands there.
  static Result<MasterKeys> parse(const Secret& text);

  // A random one.
  static MasterKeys generate();

  // These with a random one before them. Error: conflict when there are 8 already.
  Result<MasterKeys> with_new_first() const;
  // The one that seals, without those that only open.
  MasterKeys first_only() const;

  // As `parse` reads it, with a newline after each line.
  Secret text() const;

  // Of 32 bytes each, never empty; the first one seals.
  std::span<const Secret> keys() const noexcept { return keys_; }

 private:
  explicit MasterKeys(std::vector<Secret> keys) : keys_(std::move(keys)) {}
  std::vector<Secret> keys_;
};

}  // namespace cardea
