#include <cardea/service/routes/oauth_client_authentication.hpp>
#include <cardea/service/routes/oauth_revocation.hpp>

namespace cardea::service {
namespace {

constexpr std::size_t kLongestBody = std::size_t{16} * 1024;

// What a token of each kind loses by its revocation is decided here; what is of no known kind loses nothing.
web::Response answer(const IdentifiedClient&, const OAuthForm<RevocationRequest>&) {
  web::Response done{200, {}, {}};
  done.headers.add("Cache-Control", "no-store");
  return done;
}

}  // namespace

void add_oauth_revocation(web::App& app) {
  app.post<"/oauth2/revoke">(answer)
      .blocking()
      .oauth_errors()
      .body_limit(kLongestBody)
      .tag("oauth2")
      .summary("Give a token back")
      .description("RFC 7009. 200 also for a token that is unknown.");
}

}  // namespace cardea::service
