#include <gtest/gtest.h>

#include <cardea/web/app.hpp>
#include <cardea/web/errors/error_response.hpp>
#include <cardea/web/errors/status_of.hpp>
#include <cardea/web/testing/test_client.hpp>

namespace cardea::web {
namespace {

struct NeedsAWord {
  std::string word;
};
BOOST_DESCRIBE_STRUCT(NeedsAWord, (), (word))

struct Row {
  ErrorCode code;
  unsigned status;
  std::string_view message;
  std::string_view shown_code;
  std::string_view challenge;
};

// contract: the tutorial's texts, RFC 6750's challenges.
const Row kRows[] = {
    {ErrorCode::invalid_request, 400, "Bad request", "invalid_request", ""},
    {ErrorCode::not_authenticated, 401, "Not authenticated", "not_authenticated", "Bearer"},
    {ErrorCode::invalid_credentials, 401, "Invalid credentials", "invalid_credentials", "Bearer"},
    {ErrorCode::token_invalid, 401, "Invalid or expired token", "token_invalid", "Bearer error=\"invalid_token\""},
    {ErrorCode::token_expired, 401, "Invalid or expired token", "token_invalid", "Bearer error=\"invalid_token\""},
    {ErrorCode::token_signature_invalid, 401, "Invalid or expired token", "token_invalid",
     "Bearer error=\"invalid_token\""},
    {ErrorCode::token_subject_missing, 401, "Token missing subject", "token_subject_missing",
     "Bearer error=\"invalid_token\""},
    {ErrorCode::user_not_found, 401, "User not found", "user_not_found", "Bearer error=\"invalid_token\""},
    {ErrorCode::user_disabled, 401, "User is disabled", "user_disabled", "Bearer error=\"invalid_token\""},
    {ErrorCode::client_disabled, 401, "Client is disabled", "client_disabled", "Bearer error=\"invalid_token\""},
    {ErrorCode::client_invalid, 401, "Client authentication failed", "client_invalid", "Basic realm=\"cardea\""},
    {ErrorCode::client_required, 403, "Requires a client", "client_required", "Bearer error=\"insufficient_scope\""},
    {ErrorCode::role_required, 403, "Requires another role", "role_required", "Bearer error=\"insufficient_scope\""},
    {ErrorCode::not_found, 404, "Not Found", "not_found", ""},
    {ErrorCode::method_not_allowed, 405, "Method Not Allowed", "method_not_allowed", ""},
    {ErrorCode::request_timeout, 408, "Request Timeout", "request_timeout", ""},
    {ErrorCode::username_taken, 409, "Username is taken", "username_taken", ""},
    {ErrorCode::last_administrator, 409, "The last administrator stays", "last_administrator", ""},
    {ErrorCode::precondition_failed, 412, "Precondition Failed", "precondition_failed", ""},
    {ErrorCode::content_too_large, 413, "Content Too Large", "content_too_large", ""},
    {ErrorCode::uri_too_long, 414, "URI Too Long", "uri_too_long", ""},
    {ErrorCode::unsupported_media_type, 415, "Unsupported Media Type", "unsupported_media_type", ""},
    {ErrorCode::validation_failed, 422, "Validation failed", "validation_failed", ""},
    {ErrorCode::too_many_requests, 429, "Too Many Requests", "too_many_requests", ""},
    {ErrorCode::too_many_attempts, 429, "Too many failed attempts", "too_many_attempts", ""},
    {ErrorCode::header_too_large, 431, "Request Header Fields Too Large", "header_too_large", ""},
    {ErrorCode::internal_error, 500, "Internal Server Error", "internal_error", ""},
    {ErrorCode::store_corrupt, 500, "Internal Server Error", "internal_error", ""},
    {ErrorCode::service_unavailable, 503, "Service Unavailable", "service_unavailable", ""},
    {ErrorCode::store_unavailable, 503, "Service Unavailable", "service_unavailable", ""},
};

const ErrorRendering kRendering{"/me", "r-1"};

TEST(ErrorResponse, HasOneShapeForEveryCode) {
  for (const auto& row : kRows) {
    const auto response = error_response(Error{row.code, PrivateText{"never shown"}}, kRendering);
    EXPECT_EQ(response.status, row.status);
    EXPECT_EQ(response.body, "{\"error\":{\"message\":\"" + std::string(row.message) +
                                 "\",\"status\":" + std::to_string(row.status) + ",\"path\":\"/me\",\"code\":\"" +
                                 std::string(row.shown_code) + "\",\"request_id\":\"r-1\"}}");
    EXPECT_EQ(response.headers.find("WWW-Authenticate").value_or(""), row.challenge) << row.message;
    EXPECT_EQ(*response.headers.find("Content-Type"), "application/json");
  }
}

TEST(ErrorResponse, SaysWhenToTryAgain) {
  EXPECT_EQ(*error_response(Error{ErrorCode::service_unavailable}, kRendering).headers.find("Retry-After"), "1");
  EXPECT_EQ(*error_response(Error{ErrorCode::too_many_requests}.with_retry_after(std::chrono::seconds{30}), kRendering)
                 .headers.find("Retry-After"),
            "30");
}

TEST(ErrorResponse, NamesTheVersionThatThereIs) {
  const auto response = error_response(Error{ErrorCode::precondition_failed}.with_version(7), kRendering);
  EXPECT_EQ(*response.headers.find("ETag"), "\"7\"");
  EXPECT_FALSE(error_response(Error{ErrorCode::precondition_failed}, kRendering).headers.find("ETag"));
}

TEST(ErrorResponse, NamesThePermissionThatIsMissing) {
  const auto response = error_response(
      Error{ErrorCode::permission_required, PublicText{"Requires permission: posts:write"}}.with_scope("posts:write"),
      kRendering);
  EXPECT_EQ(*response.headers.find("WWW-Authenticate"), "Bearer error=\"insufficient_scope\", scope=\"posts:write\"");
}

TEST(ErrorResponse, ShowsNoPublicTextOfAFailureWithin) {
  const auto response = error_response(Error{ErrorCode::store_corrupt, PublicText{"row 7 of users"}}, kRendering);
  EXPECT_FALSE(response.body.contains("row 7"));
}

TEST(ErrorResponse, EscapesThePath) {
  EXPECT_TRUE(error_response(Error{ErrorCode::not_found}, {"/\"<\xFF\n", "r"})
                  .body.contains("\"path\":\"/\\\"<\xEF\xBF\xBD\\n\""));
}

TEST(ErrorResponse, IsProblemDetailsForAClientThatAsks) {
  App app;
  TestClient client{app};
  Headers accept;
  accept.add("Accept", "text/html, application/problem+json;q=0.9");
  const auto response = client.get("/nowhere?secret=1", accept);
  EXPECT_EQ(response.header("Content-Type"), "application/problem+json");
  EXPECT_EQ(
      response.body,
      R"({"type":"about:blank","title":"Not Found","detail":"Not Found","status":404,"instance":"/nowhere","code":"not_found","request_id":"test-request"})");
  Headers refuses;
  refuses.add("Accept", "application/problem+json;q=0, application/json");
  EXPECT_EQ(client.get("/nowhere", refuses).header("Content-Type"), "application/json");
}

TEST(OAuthErrorResponse, HasTheShapeAndTheCodesOfRfc6749) {
  const struct {
    ErrorCode code;
    unsigned status;
    std::string_view error;
  } rows[] = {
      {ErrorCode::invalid_request, 400, "invalid_request"},
      {ErrorCode::validation_failed, 400, "invalid_request"},
      {ErrorCode::client_invalid, 401, "invalid_client"},
      {ErrorCode::client_unauthorized, 400, "unauthorized_client"},
      {ErrorCode::grant_unsupported, 400, "unsupported_grant_type"},
      {ErrorCode::scope_invalid, 400, "invalid_scope"},
      {ErrorCode::refresh_token_invalid, 400, "invalid_grant"},
      {ErrorCode::refresh_token_reused, 400, "invalid_grant"},
      {ErrorCode::method_not_allowed, 405, "invalid_request"},
      {ErrorCode::content_too_large, 413, "invalid_request"},
      {ErrorCode::unsupported_media_type, 415, "invalid_request"},
      {ErrorCode::too_many_requests, 429, "temporarily_unavailable"},
      {ErrorCode::store_corrupt, 500, "server_error"},
      {ErrorCode::store_unavailable, 503, "temporarily_unavailable"},
  };
  for (const auto& row : rows) {
    const auto response = error_response(Error{row.code, PrivateText{"never shown"}}, {"/", "r", ErrorShape::oauth});
    EXPECT_EQ(response.status, row.status);
    EXPECT_EQ(response.body, R"({"error":")" + std::string(row.error) + R"(","error_description":")" +
                                 std::string(default_text_of(public_code_of(row.code))) + R"("})");
    EXPECT_EQ(*response.headers.find("Content-Type"), "application/json");
    EXPECT_EQ(*response.headers.find("Cache-Control"), "no-store");
    EXPECT_EQ(response.headers.count("WWW-Authenticate"), row.status == 401 ? 1U : 0U);
  }
}

TEST(OAuthErrorResponse, HasNoCharacterInItsDescriptionThatTheRfcForbids) {
  const auto response = error_response(
      Error{ErrorCode::validation_failed, PublicText{"a\"b\\c\n\xC3\xA9"}}.with_fields({{"/body/x", "is bad"}}),
      {"/", "r", ErrorShape::oauth});
  EXPECT_EQ(response.body, R"({"error":"invalid_request","error_description":"a?b?c???; /body/x is bad"})");
}

TEST(OAuthErrorResponse, IsThatOfEveryErrorOnAPathThatSaysSo) {
  App app;
  app.post<"/oauth2/token">([](Public, const FormBody<NeedsAWord>& body) { return body->word; })
      .oauth_errors()
      .body_limit(16);
  app.post<"/other">([](Public) { return 1; });
  app.prepare();
  TestClient client{app};
  Headers accept;
  accept.add("Accept", "application/problem+json");
  const TestResponse answers[] = {
      client.get("/oauth2/token", accept),         client.post_form("/oauth2/token", "other=1"),
      client.post_form("/oauth2/token", "word=%"), client.post_form("/oauth2/token", "word=far-too-long-for-it"),
      client.post_json("/oauth2/token", "{}"),
  };
  const unsigned statuses[] = {405, 400, 400, 413, 415};
  for (std::size_t i = 0; i < std::size(answers); ++i) {
    EXPECT_EQ(answers[i].status, statuses[i]);
    EXPECT_EQ(answers[i].json().at("error").as_string(), "invalid_request");
    EXPECT_EQ(answers[i].header("Content-Type"), "application/json");
  }
  EXPECT_EQ(answers[0].header("Allow"), "POST");
  Request head;
  head.method = Method::post;
  head.target = "/oauth2/token";
  EXPECT_TRUE(app.refuse(Error{ErrorCode::request_timeout}, head).body.starts_with(R"({"error":"invalid_request")"));
  EXPECT_TRUE(client.get("/other").json().at("error").is_object());
  EXPECT_TRUE(client.get("/oauth2/token/").json().at("error").is_object());
}

TEST(StatusOf, EveryCodeHasAStatusAndAPublicCode) {
  for (const auto code : all_error_codes()) {
    EXPECT_EQ(status_of(code), status_of(public_code_of(code))) << name_of(code);
    EXPECT_NE(reason_phrase(status_of(code)), "Error") << name_of(code);
  }
}

}  // namespace
}  // namespace cardea::web
