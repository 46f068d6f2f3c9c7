// An API key store that forgets: for tests and for trying things out.
#pragma once

#include <cardea/core/api_key/api_key_store.hpp>
#include <mutex>
#include <string>
#include <vector>

namespace cardea {

class MemoryApiKeyStore final : public ApiKeyStore {
 public:
  Done add(const ApiKey& key, const std::string& digest) override;
  Result<std::optional<ApiKey>> find_by_digest(const std::string& digest) override;
  Result<std::vector<ApiKey>> list(UserId owner) override;
  Result<bool> revoke(const ApiKeyId& id, UserId owner, Instant now) override;
  Result<std::size_t> revoke_all(UserId owner, Instant now) override;
  Result<bool> touch(const ApiKeyId& id, Instant now) override;
  Result<std::size_t> prune(Instant ended_before, std::size_t limit) override;

 private:
  struct Row {
    ApiKey key;
    std::string digest;
  };
  template <class Matches>
  std::size_t revoke_where(Matches matches, Instant now);

  std::mutex mutex_;
  std::vector<Row> rows_;  // the oldest first
};

}  // namespace cardea
