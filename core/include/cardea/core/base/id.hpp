// Ids of different things are different types.
#pragma once

#include <compare>
#include <cstdint>

namespace cardea {

template <class Tag>
struct Id {
  std::int64_t value{};
  friend auto operator<=>(const Id&, const Id&) = default;
};

}  // namespace cardea
