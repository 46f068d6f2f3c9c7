#include "key/public_jwk_set.hpp"

#include <algorithm>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <cardea/core/base/strict_json.hpp>
#include <cardea/core/key/jwk_set.hpp>
#include <map>
#include <vector>

namespace cardea {
namespace {

namespace json = boost::json;

constexpr std::size_t kMaxDepth = 8;

std::unexpected<Error> unusable(std::string why) {
  return failure(ErrorCode::key_set_unusable, PrivateText{std::move(why)});
}

bool is_shared_secret(const json::value& key) {
  const auto* members = key.if_object();
  const auto* type = members == nullptr ? nullptr : members->if_contains("kty");
  return type != nullptr && type->is_string() && type->get_string() == "oct";
}

std::string canonical(const json::value& key) {
  if (!key.is_object()) return json::serialize(key);
  std::map<std::string_view, std::string> members;
  for (const auto& member : key.get_object()) members.emplace(member.key(), json::serialize(member.value()));
  std::string text;
  for (const auto& [name, value] : members) text += json::serialize(json::string{name}) + ':' + value + ',';
  return text;
}

std::string canonical(const json::array& keys) {
  std::vector<std::string> lines;
  for (const auto& key : keys) lines.push_back(canonical(key));
  std::ranges::sort(lines);
  std::string text;
  for (const auto& line : lines) text += line + '\n';
  return text;
}

}  // namespace

Result<PublicJwkSet> read_public_jwk_set(std::string_view text, std::size_t largest) {
  const auto value = parse_strict_json(text, {.max_depth = kMaxDepth, .max_size = largest});
  if (!value) return unusable(std::string(value.error().private_text()));
  const auto* members = value->if_object();
  const auto* found = members == nullptr ? nullptr : members->if_contains("keys");
  const auto* array = found == nullptr ? nullptr : found->if_array();
  if (array == nullptr) return unusable("not a JWK set");
  if (std::ranges::any_of(*array, is_shared_secret)) return unusable("a symmetric key in a published set");
  auto keys = read_jwk_set(text);
  if (!keys) return failure(std::move(keys).error());
  if (keys->empty()) return unusable("no key in it can verify here");
  return PublicJwkSet{std::move(*keys), canonical(*array)};
}

}  // namespace cardea
