#include <algorithm>
#include <array>
#include <boost/json/monotonic_resource.hpp>
#include <cardea/core/base/strict_json.hpp>
#include <cardea/core/key/key_id.hpp>
#include <cardea/core/token/jws_header.hpp>

namespace cardea {
namespace {

namespace json = boost::json;

constexpr std::size_t kDepth = 8;

// Extensions (RFC 7515 section 4.1.11, RFC 7797) and encryption (RFC 7516 section 4.1), none of which is done here.
constexpr std::array<std::string_view, 4> kUnsupported{"crit", "b64", "zip", "enc"};

std::unexpected<Error> malformed(std::string_view what) {
  return failure(ErrorCode::token_malformed, PrivateText{std::string(what)});
}

Result<Algorithm> algorithm_of(const json::object& members) {
  const auto* alg = members.if_contains("alg");
  if (alg == nullptr || !alg->is_string()) return failure(ErrorCode::token_algorithm_refused);
  return parse_algorithm(alg->get_string());
}

Done read_text(const json::object& members, std::string_view name, std::optional<std::string>& text) {
  const auto* value = members.if_contains(name);
  if (value == nullptr) return {};
  if (!value->is_string()) return malformed(name);
  text.emplace(value->get_string());
  return {};
}

Result<JwsHeader> header_of(const json::object& members) {
  const auto is_there = [&](std::string_view name) { return members.contains(name); };
  if (std::ranges::any_of(kUnsupported, is_there)) return failure(ErrorCode::token_header_unsupported);
  const auto algorithm = algorithm_of(members);
  if (!algorithm) return failure(algorithm.error());
  JwsHeader header;
  header.algorithm = *algorithm;
  if (auto read = read_text(members, "kid", header.key_id); !read) return failure(std::move(read).error());
  if (header.key_id && !KeyId::parse(*header.key_id)) return malformed("kid");
  if (auto read = read_text(members, "typ", header.type); !read) return failure(std::move(read).error());
  return header;
}

}  // namespace

Result<JwsHeader> parse_jws_header(std::string_view text) {
  std::array<unsigned char, 1024> arena;
  json::monotonic_resource resource(arena.data(), arena.size());
  const auto value = parse_strict_json(text, {.max_depth = kDepth, .max_size = text.size()}, &resource);
  if (!value || !value->is_object()) return malformed("the header");
  return header_of(value->get_object());
}

}  // namespace cardea
