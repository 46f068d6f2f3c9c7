#include "key/jwk_members.hpp"

#include <cardea/core/base/base64url.hpp>
#include <string>

namespace cardea {
namespace {

std::unexpected<Error> unusable(std::string_view name, std::string_view problem) {
  return failure(ErrorCode::key_unusable, PrivateText{std::string(name).append(problem)});
}

}  // namespace

Result<std::optional<std::string_view>> text_member(const boost::json::object& members, std::string_view name) {
  const auto* value = members.if_contains(name);
  if (value == nullptr) return std::nullopt;
  if (!value->is_string()) return unusable(name, " is not a string");
  return std::string_view{value->get_string()};
}

Result<Secret> bytes_member(const boost::json::object& members, std::string_view name) {
  const auto text = text_member(members, name);
  if (!text) return failure(text.error());
  if (!*text) return unusable(name, " is missing");
  auto bytes = from_base64url(**text);
  if (!bytes) return unusable(name, " is not base64url");
  return Secret{*std::move(bytes)};
}

Result<Secret> bytes_member(const boost::json::object& members, std::string_view name, std::size_t size) {
  auto bytes = bytes_member(members, name);
  if (bytes && bytes->size() != size) return unusable(name, " does not have " + std::to_string(size) + " bytes");
  return bytes;
}

Result<Secret> number_member(const boost::json::object& members, std::string_view name, std::size_t most) {
  auto bytes = bytes_member(members, name);
  if (!bytes) return bytes;
  if (bytes->empty() || bytes->expose().front() == 0) return unusable(name, " is not in the fewest bytes");
  if (bytes->size() > most) return unusable(name, " is too large");
  return bytes;
}

}  // namespace cardea
