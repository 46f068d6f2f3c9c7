// A memory store that counts what it is asked, fails when told to, and can be interrupted between reading a row and
// answering.
#pragma once

#include <cardea/core/api_key/memory_api_key_store.hpp>
#include <functional>
#include <utility>

namespace cardea::test {

class WatchedApiKeyStore final : public ApiKeyStore {
 public:
  Done add(const ApiKey& key, const std::string& digest) override { return rows.add(key, digest); }
  Result<std::optional<ApiKey>> find_by_digest(const std::string& digest) override {
    ++look_ups;
    auto found = rows.find_by_digest(digest);
    if (before_answering) std::exchange(before_answering, nullptr)();
    if (breaks) return failure(ErrorCode::store_unavailable);
    return found;
  }
  Result<std::vector<ApiKey>> list(UserId owner) override { return rows.list(owner); }
  Result<bool> revoke(const ApiKeyId& id, UserId owner, Instant now) override {
    auto revoked = rows.revoke(id, owner, now);
    if (breaks) return failure(ErrorCode::store_unavailable);
    return revoked;
  }
  Result<std::size_t> revoke_all(UserId owner, Instant now) override { return rows.revoke_all(owner, now); }
  Result<bool> touch(const ApiKeyId& id, Instant now) override {
    ++touches;
    if (breaks) return failure(ErrorCode::store_unavailable);
    return rows.touch(id, now);
  }
  Result<std::size_t> prune(Instant ended_before, std::size_t limit) override {
    return rows.prune(ended_before, limit);
  }

  MemoryApiKeyStore rows;
  int look_ups = 0;
  int touches = 0;
  bool breaks = false;
  std::function<void()> before_answering;
};

}  // namespace cardea::test
