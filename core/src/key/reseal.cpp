#include <cardea/core/key/reseal.hpp>

namespace cardea {
namespace {

Result<bool> reseal(KeyStore& store, const StoredKey& key, const KeySealer& sealer) {
  if (sealer.is_sealed_by_first(key.sealed)) return false;
  const auto material = sealer.open(key.id, key.algorithm, key.sealed);
  if (!material) return failure(material.error());
  return store.replace_sealed(key.id, key.sealed, sealer.seal(key.id, key.algorithm, *material));
}

}  // namespace

Result<std::size_t> reseal_all(KeyStore& store, const KeySealer& sealer) {
  const auto keys = store.list();
  if (!keys) return failure(keys.error());
  std::size_t count = 0;
  for (const auto& key : *keys) {
    const auto done = reseal(store, key, sealer);
    if (!done) return failure(done.error());
    if (*done) ++count;
  }
  return count;
}

}  // namespace cardea
