#include <algorithm>
#include <array>
#include <cardea/core/base/json_text.hpp>
#include <cardea/web/extract/exchange.hpp>
#include <cardea/web/extract/url_encoding.hpp>
#include <cardea/web/routing/pattern.hpp>
#include <cardea/web/routing/router.hpp>
#include <stdexcept>

namespace cardea::web {

using Routes = std::array<const Route*, 7>;  // by Method

struct Router::Node {
  std::vector<std::pair<std::string_view, std::unique_ptr<Node>>> literals;
  std::unique_ptr<Node> parameter;
  Routes routes{};

  bool has_routes() const noexcept {
    return std::ranges::any_of(routes, [](const Route* route) { return route != nullptr; });
  }

  Node* literal(std::string_view segment) const noexcept {
    const auto found = std::ranges::find(literals, segment, [](const auto& entry) { return entry.first; });
    return found == literals.end() ? nullptr : found->second.get();
  }

  Node& child(std::string_view segment) {
    if (!pattern_detail::parameter_of(segment).empty()) {
      if (!parameter) parameter = std::make_unique<Node>();
      return *parameter;
    }
    if (auto* found = literal(segment)) return *found;
    return *literals.emplace_back(segment, std::make_unique<Node>()).second;
  }
};

namespace {

// pchar and "/" (RFC 3986 section 3.3); percent-encoding is checked by decoding.
constexpr auto kPathCharacters = [] {
  std::array<bool, 256> allowed{};
  for (const char c : std::string_view{"/-._~!$&'()*+,;=:@%0123456789"}) allowed[static_cast<unsigned char>(c)] = true;
  for (unsigned c = 'a'; c <= 'z'; ++c) allowed[c] = allowed[c - 'a' + 'A'] = true;
  return allowed;
}();

bool is_path_character(char c) noexcept { return kPathCharacters[static_cast<unsigned char>(c)]; }

// The segments of a path, decoded once. Errors: invalid_request for what is no path, not_found for a second spelling.
Result<std::vector<std::string>> segments_of(std::string_view path) {
  if (path.empty() || path.front() != '/' || !std::ranges::all_of(path, is_path_character)) {
    return failure(ErrorCode::invalid_request, PublicText{"Malformed path"});
  }
  std::vector<std::string> segments;
  if (path == "/") return segments;
  while (!path.empty()) {
    auto segment = percent_decode(pattern_detail::take_segment(path));
    if (!segment || segment->contains('\0') || !is_utf8(*segment)) {
      return failure(ErrorCode::invalid_request, PublicText{"Malformed path"});
    }
    const bool second_spelling =
        segment->empty() || *segment == "." || *segment == ".." || segment->contains('/') || segment->contains('\\');
    if (second_spelling) return failure(ErrorCode::not_found);
    segments.push_back(std::move(*segment));
  }
  return segments;
}

const Route* route_for(const Routes& routes, Method method) noexcept {
  if (method == Method::other) return nullptr;
  const auto* route = routes[static_cast<std::size_t>(method)];
  const bool head_as_get = route == nullptr && method == Method::head;
  return head_as_get ? routes[static_cast<std::size_t>(Method::get)] : route;
}

std::vector<std::string> methods_of(const Routes& routes) {
  std::vector<std::string> methods;
  for (std::size_t i = 0; i < routes.size(); ++i) {
    const auto method = static_cast<Method>(i);
    if (route_for(routes, method) != nullptr) methods.emplace_back(name_of(method));
  }
  return methods;
}

// The node that the segments from `next` on lead to: literals first, then the parameter, back if that leads nowhere.
template <class Node>
const Node* descend(const Node& node, const std::vector<std::string>& segments, std::size_t next) {
  if (next == segments.size()) return node.has_routes() ? &node : nullptr;
  if (const auto* literal = node.literal(segments[next])) {
    if (const auto* found = descend(*literal, segments, next + 1)) return found;
  }
  return node.parameter ? descend(*node.parameter, segments, next + 1) : nullptr;
}

std::vector<std::pair<std::string_view, std::string>> values_of(std::string_view pattern,
                                                                std::vector<std::string>& segments) {
  std::vector<std::pair<std::string_view, std::string>> values;
  for (auto& segment : segments) {
    const auto name = pattern_detail::parameter_of(pattern_detail::take_segment(pattern));
    if (!name.empty()) values.emplace_back(name, std::move(segment));
  }
  return values;
}

}  // namespace

Router::Router() : root_(std::make_unique<Node>()) {}
Router::~Router() = default;
Router::Router(Router&&) noexcept = default;
Router& Router::operator=(Router&&) noexcept = default;

Route& Router::add(Route route) {
  auto* node = root_.get();
  for (auto rest = route.pattern == "/" ? std::string_view{} : route.pattern; !rest.empty();) {
    node = &node->child(pattern_detail::take_segment(rest));
  }
  auto& place = node->routes[static_cast<std::size_t>(route.method)];
  if (place != nullptr) {
    throw std::logic_error("cardea: " + std::string(name_of(route.method)) + ' ' + std::string(route.pattern) +
                           " is routed twice");
  }
  routes_.push_back(std::make_unique<Route>(std::move(route)));
  auto& added = *routes_.back();
  place = &added;
  if (parameters_of(added.pattern).empty()) literals_.emplace(added.pattern, node);
  return added;
}

Result<RouteMatch> Router::find(Method method, std::string_view target) const {
  const auto path = path_of(target);
  if (const auto* node = find_literal(path)) return match(*node, method, {});
  auto segments = segments_of(path);
  if (!segments) return failure(std::move(segments).error());
  const auto* node = descend(*root_, *segments, 0);
  if (node == nullptr) return failure(ErrorCode::not_found);
  return match(*node, method, std::move(*segments));
}

// A pattern without parameters is a path as it is, and goes before every other one.
const Router::Node* Router::find_literal(std::string_view path) const noexcept {
  const auto found = literals_.find(path);
  return found == literals_.end() ? nullptr : found->second;
}

Result<RouteMatch> Router::match(const Node& node, Method method, std::vector<std::string> segments) {
  const auto* route = route_for(node.routes, method);
  if (route == nullptr) return failure(Error{ErrorCode::method_not_allowed}.with_allow(methods_of(node.routes)));
  return RouteMatch{route, values_of(route->pattern, segments)};
}

bool Router::has_oauth_errors(std::string_view target) const {
  const auto segments = segments_of(path_of(target));
  const auto* node = segments ? descend(*root_, *segments, 0) : nullptr;
  if (node == nullptr) return false;
  return std::ranges::any_of(node->routes, [](const Route* route) { return route != nullptr && route->oauth_errors; });
}

}  // namespace cardea::web
