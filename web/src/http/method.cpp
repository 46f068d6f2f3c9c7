#include <array>
#include <cardea/web/http/method.hpp>

namespace cardea::web {
namespace {
constexpr std::array<std::string_view, 8> kNames{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", ""};
}

std::string_view name_of(Method method) noexcept { return kNames[static_cast<std::size_t>(method)]; }

Method parse_method(std::string_view name) noexcept {
  for (std::size_t i = 0; i + 1 < kNames.size(); ++i) {
    if (kNames[i] == name) return static_cast<Method>(i);
  }
  return Method::other;
}

}  // namespace cardea::web
