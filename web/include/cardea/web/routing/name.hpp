// A string as a template argument, so that names can be checked by the compiler: app.get<"/posts/{id}">, Path<"id",
// int>.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace cardea::web {

template <std::size_t N>
struct Name {
  char characters[N]{};
  consteval Name(const char (&text)[N]) { std::copy_n(text, N, characters); }  // implicit, so that "…" converts
  constexpr std::string_view text() const noexcept { return {characters, N - 1}; }
};

}  // namespace cardea::web
