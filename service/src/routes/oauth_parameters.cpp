#include <algorithm>
#include <cardea/service/routes/oauth_parameters.hpp>

namespace cardea::service {
namespace {

bool has_a_repeated_name(const std::vector<web::FormField>& fields) {
  std::vector<std::string_view> names;
  for (const auto& field : fields) names.emplace_back(field.name);
  std::ranges::sort(names);
  return std::ranges::adjacent_find(names) != names.end();
}

}  // namespace

Result<OAuthParameters> OAuthParameters::resolve(const web::Request& request) {
  if (web::body_kind(request.headers) == web::BodyKind::multipart) return failure(ErrorCode::unsupported_media_type);
  auto fields = web::read_form(request);
  if (!fields) return failure(std::move(fields).error());
  if (has_a_repeated_name(*fields)) {
    return failure(ErrorCode::invalid_request, PublicText{"A parameter is given more than once"});
  }
  return OAuthParameters{*std::move(fields)};
}

std::optional<std::string> OAuthParameters::find(std::string_view name) const {
  const auto found = std::ranges::find(fields_, name, &web::FormField::name);
  if (found == fields_.end() || found->value.empty()) return std::nullopt;
  return found->value;
}

Error oauth_detail::missing(std::string_view name) {
  return Error{ErrorCode::invalid_request, PublicText{std::string(name) + " is missing"}};
}

}  // namespace cardea::service
