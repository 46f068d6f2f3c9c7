// Says that anyone may call the route. Without it, or a principal, a handler does not compile.
#pragma once

#include <cardea/web/extract/dependency.hpp>
#include <cardea/web/openapi/operation.hpp>

namespace cardea::web {

struct Public {
  static Public resolve() { return {}; }
  static void describe(Operation& operation) { operation.requirements.emplace_back("public"); }
};

template <>
inline constexpr bool names_a_principal<Public> = true;

}  // namespace cardea::web
