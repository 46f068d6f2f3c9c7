// Puts something in a dependency's place, for one application and as long as the TestClient lives:
//
//   TestClient client{app, override_with<CurrentUser>(CurrentUser{7, "carol", "user"})};
//   TestClient client{app, override_with<CurrentUser>([] { return
//   Result<CurrentUser>{failure(ErrorCode::user_disabled)}; })};
//
// What only the replaced dependency needed is not resolved, so that no token is asked for.
#pragma once

#include <cardea/web/extract/dependency.hpp>
#include <functional>
#include <utility>

namespace cardea::web {

struct Override {
  TypeKey dependency;
  Provisions::Replacement replacement;
};

template <Extractable T>
Override override_with(T value) {
  return {type_key<T>(),
          [value = std::move(value)](Exchange& exchange) { return dependency_detail::keep<T>(exchange, T{value}); }};
}

template <Extractable T, std::invocable Make>
Override override_with(Make make) {
  return {type_key<T>(),
          [make = std::move(make)](Exchange& exchange) { return dependency_detail::keep<T>(exchange, make()); }};
}

}  // namespace cardea::web
