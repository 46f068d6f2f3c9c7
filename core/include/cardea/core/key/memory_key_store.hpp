// A key store that forgets: for tests and for trying things out.
#pragma once

#include <cardea/core/key/key_store.hpp>
#include <mutex>
#include <vector>

namespace cardea {

class MemoryKeyStore final : public KeyStore {
 public:
  Result<std::vector<StoredKey>> list() override;
  Result<bool> add(const StoredKey& key) override;
  Done start_signing(const KeyId& id, Instant now) override;
  Done retire(const KeyId& id, Instant now) override;
  Done raise_longest_token(const KeyId& id, std::chrono::seconds at_least) override;
  Result<bool> replace_sealed(const KeyId& id, const std::string& expected, const std::string& replacement) override;

 private:
  Result<StoredKey*> row(const KeyId& id);

  std::mutex mutex_;
  std::vector<StoredKey> rows_;
};

}  // namespace cardea
