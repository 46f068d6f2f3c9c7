#include <algorithm>
#include <cardea/core/base/base64url.hpp>
#include <cardea/service/routes/oauth_client_authentication.hpp>
#include <cardea/web/extract/url_encoding.hpp>

namespace cardea::service {
namespace {

constexpr std::string_view kScheme = "Basic ";

std::unexpected<Error> malformed() {
  return failure(ErrorCode::invalid_request, PublicText{"Malformed Authorization header"});
}

// base64 with its padding (RFC 4648 section 4), strictly.
Result<std::string> from_base64(std::string text) {
  if (text.size() % 4 != 0 || text.find_first_of("-_") != std::string::npos) return malformed();
  std::ranges::replace(text, '+', '-');
  std::ranges::replace(text, '/', '_');
  for (int i = 0; i < 2 && text.ends_with('='); ++i) text.pop_back();
  return from_base64url(text);
}

Result<std::string> form_decode(std::string text) {
  std::ranges::replace(text, '+', ' ');
  return web::percent_decode(text);
}

// The id and the secret, each form-urlencoded, with a colon between them.
Result<PresentedClient> read_basic(std::string_view header) {
  header.remove_prefix(kScheme.size());
  header.remove_prefix(std::min(header.find_first_not_of(' '), header.size()));
  const auto decoded = from_base64(std::string(header));
  const auto colon = decoded ? decoded->find(':') : std::string::npos;
  if (colon == std::string::npos) return malformed();
  auto id = form_decode(decoded->substr(0, colon));
  auto secret = form_decode(decoded->substr(colon + 1));
  if (!id || !secret) return malformed();
  return PresentedClient{*std::move(id), Secret{*std::move(secret)}};
}

bool is_basic(std::string_view header) { return web::equal_ignoring_case(header.substr(0, kScheme.size()), kScheme); }

// A client that sends its id in the body as well as in the header is not in contradiction with itself.
bool contradicts(const PresentedClient& basic, const OAuthParameters& parameters) {
  const auto id = parameters.find("client_id");
  return parameters.find("client_secret") || (id && id != basic.id);
}

Result<OAuthClient> client_of(const PresentedClient& presented, ClientAuthenticator& authenticator,
                              const web::RequestContext& context) {
  if (!presented.id) return failure(ErrorCode::client_invalid);
  if (!presented.secret) return authenticator.identify(*presented.id, context.origin, context.received_at);
  return authenticator.authenticate(*presented.id, *presented.secret, context.origin, context.received_at);
}

}  // namespace

Result<PresentedClient> PresentedClient::resolve(const web::Request& request, const OAuthParameters& parameters) {
  if (request.headers.count("Authorization") > 1) {
    return failure(ErrorCode::invalid_request, PublicText{"More than one Authorization header"});
  }
  const auto header = request.headers.find("Authorization");
  if (header && is_basic(*header)) {
    auto basic = read_basic(*header);
    if (basic && contradicts(*basic, parameters)) {
      return failure(ErrorCode::invalid_request, PublicText{"The client authenticates in two ways at once"});
    }
    return basic;
  }
  PresentedClient presented{parameters.find("client_id"), std::nullopt};
  if (auto secret = parameters.find("client_secret")) presented.secret.emplace(*std::move(secret));
  return presented;
}

void PresentedClient::describe(web::Operation& operation) {
  operation.takes_client_credentials = true;
  operation.refusals.insert({400, 401, 503});
}

Result<OptionalClient> OptionalClient::resolve(const PresentedClient& presented,
                                               web::Use<ClientAuthenticator> authenticator,
                                               const web::RequestContext& context) {
  if (!presented.id && !presented.secret) return OptionalClient{};
  auto client = client_of(presented, *authenticator, context);
  if (!client) return failure(std::move(client).error());
  return OptionalClient{*std::move(client)};
}

void OptionalClient::describe(web::Operation& operation) {
  operation.client_credentials_are_optional = true;
  operation.requirements.emplace_back("anyone, a client if it authenticates");
}

Result<IdentifiedClient> IdentifiedClient::resolve(const PresentedClient& presented,
                                                   web::Use<ClientAuthenticator> authenticator,
                                                   const web::RequestContext& context) {
  auto client = client_of(presented, *authenticator, context);
  if (!client) return failure(std::move(client).error());
  return IdentifiedClient{*std::move(client)};
}

void IdentifiedClient::describe(web::Operation& operation) { operation.requirements.emplace_back("client id"); }

Result<AuthenticatedClient> AuthenticatedClient::resolve(const IdentifiedClient& identified) {
  if (identified.client.kind == ClientKind::public_client) return failure(ErrorCode::client_invalid);
  return AuthenticatedClient{identified.client};
}

void AuthenticatedClient::describe(web::Operation& operation) { operation.requirements.emplace_back("client secret"); }

}  // namespace cardea::service
