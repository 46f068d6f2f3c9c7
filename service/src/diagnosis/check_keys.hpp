// The keys that sign access tokens, where the database has them.
#pragma once

#include <cardea/core/key/key_ring.hpp>
#include <cardea/service/diagnosis/finding.hpp>
#include <chrono>
#include <optional>
#include <vector>

namespace cardea::service {

// `keys` in the order in which they sign. `rotate_after`: a key is succeeded by itself after it has signed so long.
Finding check_signing_key(const std::vector<RingKey>& keys, std::optional<std::chrono::days> rotate_after, Instant now);

}  // namespace cardea::service
