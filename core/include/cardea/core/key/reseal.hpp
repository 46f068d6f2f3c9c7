// Seals every stored key again, under the master key that seals now.
#pragma once

#include <cardea/core/key/key_sealer.hpp>
#include <cardea/core/key/key_store.hpp>
#include <cstddef>

namespace cardea {

// How many it sealed anew; keys that were already under the first master key are left. Keys of the past are resealed,
// too: afterwards nothing needs an older master key. Errors: the store's; as KeySealer::open. After one, run it again.
Result<std::size_t> reseal_all(KeyStore& store, const KeySealer& sealer);

}  // namespace cardea
