// Where the JWK set of another service comes from: the network, as an argument.
#pragma once

#include <cardea/core/base/result.hpp>
#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace cardea {

struct FetchedKeySet {
  bool not_modified = false;  // what the etag of the call names is still the newest; there is no body then
  std::string body = {};
  std::string etag = {};  // empty: none
  // For how long the answer says it stays right; empty: it says nothing.
  std::optional<std::chrono::seconds> max_age = {};
};

class KeySetFetcher {
 public:
  virtual ~KeySetFetcher() = default;

  // Blocks, for a bounded time. `etag` is that of the answer in force, or empty. Never called by two threads at once.
  // Error: key_set_unavailable; its private text says why, without a piece of the answer.
  virtual Result<FetchedKeySet> fetch(std::string_view etag) = 0;

  // Ends a fetch that runs, and each later one before it begins. Any thread, any time.
  virtual void interrupt() noexcept = 0;
};

}  // namespace cardea
