#include <cardea/web/extract/if_match.hpp>
#include <cardea/web/extract/text_refusal.hpp>
#include <cardea/web/openapi/operation.hpp>
#include <charconv>
#include <string_view>

namespace cardea::web {
namespace {

constexpr std::string_view kHeader = "If-Match";
constexpr std::int64_t kNoVersion = -1;

// RFC 9110 section 8.8.3: etagc is any visible character but the quote.
bool is_opaque_tag(std::string_view text) {
  if (text.size() < 2 || text.front() != '"' || text.back() != '"') return false;
  for (const char c : text.substr(1, text.size() - 2)) {
    if (c <= ' ' || c == '"' || c == '\x7f') return false;
  }
  return true;
}

std::int64_t version_of(std::string_view digits) {
  std::int64_t version = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), version);
  const bool is_ours = error == std::errc{} && end == digits.data() + digits.size() && version >= 0;
  return is_ours && std::to_string(version) == digits ? version : kNoVersion;
}

}  // namespace

Result<IfMatch> IfMatch::resolve(Exchange& exchange) {
  const auto& headers = exchange.request().headers;
  const auto text = headers.find(kHeader);
  if (!text) return failure(ErrorCode::precondition_required);
  if (headers.count(kHeader) > 1) return failure(invalid_value("/header", kHeader, "is given more than once"));
  if (*text == "*") return IfMatch{};
  const auto is_weak = text->starts_with("W/");
  const auto tag = text->substr(is_weak ? 2 : 0);
  if (!is_opaque_tag(tag)) return failure(invalid_value("/header", kHeader, "must be one entity tag, or *"));
  return IfMatch{is_weak ? kNoVersion : version_of(tag.substr(1, tag.size() - 2))};
}

void IfMatch::describe(Operation& operation) {
  operation.parameters.push_back({"header", std::string(kHeader), true, {{"type", "string"}}});
  operation.refusals.insert({412, 422, 428});
}

}  // namespace cardea::web
