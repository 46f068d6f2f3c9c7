// Where the keys of a key ring are kept, sealed. Every implementation passes core/tests/key/key_store_contract.hpp.
//
// Calls may block (SQL), are thread-safe, and throw nothing: a store that does not answer is store_unavailable.
// A change is durable when its call has returned a value. Keys are never deleted: what was signed stays explicable.
#pragma once

#include <cardea/core/base/clock.hpp>
#include <cardea/core/base/result.hpp>
#include <cardea/core/key/algorithm.hpp>
#include <cardea/core/key/key_id.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace cardea {

// The state of a key at a moment follows from these times and from its successor's: cardea/core/key/key_ring.hpp.
struct StoredKey {
  KeyId id;
  Algorithm algorithm{};
  std::string sealed;  // text, as KeySealer writes it; never the key itself
  Instant created_at{};
  Instant signs_from{};
  std::chrono::seconds longest_token{};  // no token under this key is valid for longer than this
  std::optional<KeyId> succeeds;         // the key that it takes over from; empty for the first one
  std::optional<Instant> retired_at;     // cut off before its time

  friend bool operator==(const StoredKey&, const StoredKey&) = default;
};

class KeyStore {
 public:
  virtual ~KeyStore() = default;

  // All of them, in the order in which they were added.
  virtual Result<std::vector<StoredKey>> list() = 0;

  // False, and nothing is added, if the key that it succeeds has a successor already (or, for a first key, if there is
  // a first one): another process was quicker, and `list` has its key. Error: conflict, for an id that is taken.
  virtual Result<bool> add(const StoredKey& key) = 0;

  // Brings signs_from forward to `now`; one that is past already stays. Error: key_not_found.
  virtual Done start_signing(const KeyId& id, Instant now) = 0;

  // Sets retired_at; the first time counts. Error: key_not_found.
  virtual Done retire(const KeyId& id, Instant now) = 0;

  // Never lowers it. Error: key_not_found.
  virtual Done raise_longest_token(const KeyId& id, std::chrono::seconds at_least) = 0;

  // Replaces the sealed text only while it still is `expected`; false if it no longer is. Error: key_not_found.
  virtual Result<bool> replace_sealed(const KeyId& id, const std::string& expected, const std::string& replacement) = 0;
};

}  // namespace cardea
