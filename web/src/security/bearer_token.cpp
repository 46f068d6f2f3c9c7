#include <algorithm>
#include <cardea/web/security/bearer_token.hpp>

namespace cardea::web {
namespace {

constexpr std::string_view kScheme = "Bearer";

// One token and nothing else; what it is made of is the verifier's to judge.
bool is_one_value(std::string_view text) {
  return !text.empty() && !text.contains(' ') && !text.contains('\t') && !text.contains(',');
}

}  // namespace

Result<PresentedToken> PresentedToken::resolve(const Request& request) {
  const auto count = request.headers.count("Authorization");
  if (count == 0) return PresentedToken{};
  if (count > 1) return failure(ErrorCode::invalid_request, PublicText{"More than one Authorization header"});
  const auto header = *request.headers.find("Authorization");
  if (!equal_ignoring_case(header.substr(0, header.find(' ')), kScheme)) return PresentedToken{};
  auto token = header.substr(std::min(header.size(), kScheme.size()));
  token.remove_prefix(std::min(token.find_first_not_of(' '), token.size()));
  if (!is_one_value(token)) return failure(ErrorCode::invalid_request, PublicText{"Malformed Authorization header"});
  return PresentedToken{token};
}

Result<BearerToken> BearerToken::resolve(const PresentedToken& presented) {
  if (!presented.value) return failure(ErrorCode::not_authenticated);
  return BearerToken{*presented.value};
}

void BearerToken::describe(Operation& operation) {
  operation.takes_bearer_token = true;
  operation.refusals.insert({400, 401});
}

}  // namespace cardea::web
