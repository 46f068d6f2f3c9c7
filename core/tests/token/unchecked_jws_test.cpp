#include <gtest/gtest.h>

#include <cardea/core/token/unchecked_jws.hpp>

#include "token/signed_text.hpp"

namespace cardea {
namespace {

using test::signed_text;

ErrorCode refusal(std::string_view compact) {
  JwsBuffer buffer;
  return UncheckedJws::parse(compact, buffer).error().code();
}

ErrorCode refusal_of_header(std::string_view header) { return refusal(signed_text(header, "{}")); }

bool accepts_header(std::string_view header) {
  JwsBuffer buffer;
  return UncheckedJws::parse(signed_text(header, "{}"), buffer).has_value();
}

TEST(UncheckedJws, TakesTheExampleOfTheRfcApart) {
  // RFC 7515 section 3.3.
  JwsBuffer buffer;
  const std::string_view compact =
      "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9"
      ".eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ"
      ".dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
  const auto jws = UncheckedJws::parse(compact, buffer);
  ASSERT_TRUE(jws);
  EXPECT_EQ(jws->header().algorithm, Algorithm::hs256);
  EXPECT_EQ(jws->header().type, "JWT");
  EXPECT_EQ(jws->header().key_id, std::nullopt);
  EXPECT_EQ(jws->signature().size(), 32U);
  EXPECT_EQ(jws->signing_input(), compact.substr(0, compact.rfind('.')));
  EXPECT_TRUE(jws->payload().starts_with("{\"iss\":\"joe\",\r\n"));
}

TEST(UncheckedJws, RefusesWhatIsNotThreeParts) {
  const auto good = signed_text(test::kPlainHeader, "{}");
  const auto header = good.substr(0, good.find('.'));
  for (const auto& text : {std::string(), std::string("."), header, header + ".e30", header + ".e30.AA.AA",
                           header + ".e30.AA.AA.AA", good + '.', '.' + good, std::string("..."),
                           std::string(R"({"payload":"e30","protected":"eyJhbGciOiJIUzI1NiJ9","signature":"AA"})"),
                           std::string(R"({"payload":"e30","signatures":[]})")}) {
    EXPECT_EQ(refusal(text), ErrorCode::token_malformed) << text;
  }
}

TEST(UncheckedJws, RefusesAnEmptyHeader) { EXPECT_EQ(refusal("..AA"), ErrorCode::token_malformed); }

TEST(UncheckedJws, RefusesEveryPartThatIsNotStrictBase64url) {
  const auto good = signed_text(test::kPlainHeader, "{}");
  const auto first = good.find('.');
  const auto second = good.rfind('.');
  for (const std::size_t place : {std::size_t{3}, first + 1, second + 1, good.size() - 2}) {
    for (const char c : {' ', '\n', '+', '/', '=', '\0', '\x80', '%'}) {
      auto text = good;
      text[place] = c;
      EXPECT_EQ(refusal(text), ErrorCode::token_malformed) << text;
    }
  }
  for (const auto& text : {good + '=', good + '\n', ' ' + good, good.substr(0, first) + "=" + good.substr(first),
                           good.substr(0, second) + "AA" + good.substr(second), good.substr(0, second) + "." + "AB"}) {
    EXPECT_EQ(refusal(text), ErrorCode::token_malformed) << text;
  }
}

TEST(UncheckedJws, CountsTheSizeOfTheTokenExactly) {
  JwsBuffer buffer;
  const auto header = to_base64url(test::kPlainHeader);
  const auto token_of_size = [&](std::size_t size) {
    return header + '.' + std::string(size - header.size() - 4, 'A') + ".AA";
  };
  EXPECT_TRUE(UncheckedJws::parse(token_of_size(8192), buffer));
  EXPECT_EQ(refusal(token_of_size(8193)), ErrorCode::token_too_large);
  EXPECT_EQ(refusal(std::string(100'000, '.')), ErrorCode::token_too_large);
}

TEST(UncheckedJws, CountsTheSizeOfTheHeaderExactly) {
  const auto header_of_size = [](std::size_t size) {
    constexpr std::string_view kStart = R"({"alg":"HS256","x":")";
    return std::string(kStart) + std::string(size - kStart.size() - 2, 'x') + "\"}";
  };
  EXPECT_TRUE(accepts_header(header_of_size(1024)));
  EXPECT_EQ(refusal_of_header(header_of_size(1025)), ErrorCode::token_too_large);
}

TEST(UncheckedJws, CountsTheDepthOfTheHeaderExactly) {
  const auto nested = [](std::size_t depth) {
    return R"({"alg":"HS256","x":)" + std::string(depth - 1, '[') + std::string(depth - 1, ']') + '}';
  };
  EXPECT_TRUE(accepts_header(nested(8)));
  EXPECT_EQ(refusal_of_header(nested(9)), ErrorCode::token_malformed);
}

TEST(UncheckedJws, RefusesAHeaderThatIsNotOneStrictJsonObject) {
  for (const auto* header : {"", "{", "[]", "null", "1", R"("HS256")", R"({"alg":"HS256"}x)", R"({"alg":"HS256"}{})",
                             R"({"alg":"HS256","alg":"HS256"})", R"({"alg":"HS256","\u0061lg":"none"})",
                             R"({"alg":"HS256","kid":"a","kid":"b"})", "{\"alg\":\"HS256\",\"x\":\"\xFF\"}",
                             R"({"alg":"HS256",})", "\xEF\xBB\xBF{\"alg\":\"HS256\"}"}) {
    EXPECT_EQ(refusal_of_header(header), ErrorCode::token_malformed) << header;
  }
}

TEST(UncheckedJws, RefusesAnAlgorithmThatIsNotDoneHere) {
  for (const auto* header :
       {"{}", R"({"alg":null})", R"({"alg":1})", R"({"alg":["HS256"]})", R"({"alg":"hs256"})", R"({"alg":"HS256 "})",
        R"({"alg":"none"})", R"({"alg":""})", R"({"alg":"HS1"})", R"({"alg":"RSA1_5"})", R"({"Alg":"HS256"})"}) {
    EXPECT_EQ(refusal_of_header(header), ErrorCode::token_algorithm_refused) << header;
  }
}

TEST(UncheckedJws, RefusesExtensionsCompressionAndEncryption) {
  for (const auto* header :
       {R"({"alg":"HS256","crit":["exp"],"exp":1})", R"({"alg":"HS256","crit":[]})", R"({"alg":"HS256","crit":null})",
        R"({"alg":"HS256","crit":"x"})", R"({"alg":"HS256","crit":["alg"]})",
        R"({"alg":"HS256","crit":["b64"],"b64":false})",
        R"({"alg":"HS256","crit":["http://example.com/x"],"http://example.com/x":1})", R"({"alg":"HS256","b64":false})",
        R"({"alg":"HS256","b64":true})", R"({"alg":"HS256","zip":"DEF"})", R"({"alg":"dir","enc":"A128GCM"})"}) {
    EXPECT_EQ(refusal_of_header(header), ErrorCode::token_header_unsupported) << header;
  }
}

TEST(UncheckedJws, RefusesAKeyIdOrATypeThatIsNoString) {
  for (const auto* header :
       {R"({"alg":"HS256","kid":1})", R"({"alg":"HS256","kid":null})", R"({"alg":"HS256","kid":["a"]})",
        R"({"alg":"HS256","typ":1})", R"({"alg":"HS256","typ":null})"}) {
    EXPECT_EQ(refusal_of_header(header), ErrorCode::token_malformed) << header;
  }
}

TEST(UncheckedJws, CountsTheCharactersOfTheKeyIdExactly) {
  const auto with_kid = [](std::string_view character, int count) {
    std::string kid;
    for (int i = 0; i < count; ++i) kid += character;
    return R"({"alg":"HS256","kid":")" + kid + "\"}";
  };
  EXPECT_TRUE(accepts_header(with_kid("k", 128)));
  EXPECT_TRUE(accepts_header(with_kid("\u00E9", 128)));
  EXPECT_EQ(refusal_of_header(with_kid("k", 129)), ErrorCode::token_malformed);
  EXPECT_EQ(refusal_of_header(with_kid("\u00E9", 129)), ErrorCode::token_malformed);
}

TEST(UncheckedJws, IgnoresMembersThatItDoesNotKnow) {
  EXPECT_TRUE(accepts_header(R"({"x":{"y":[1]},"alg":"HS256","cty":"text","jku":"https://example.com","x5t":"a"})"));
}

TEST(UncheckedJws, ReadsAKnownHeaderAsItReadsAnyOther) {
  const auto token = signed_text(R"({"alg":"HS256","kid":"k"})", "{}");
  const KnownJwsHeader known{.encoded = token.substr(0, token.find('.')),
                             .header = parse_jws_header(R"({"alg":"HS256","kid":"k"})").value()};
  JwsBuffer buffer;
  const auto jws = UncheckedJws::parse(token, buffer, std::span{&known, 1});
  ASSERT_TRUE(jws);
  EXPECT_EQ(&jws->header(), &known.header);
  EXPECT_EQ(jws->payload(), "{}");
}

}  // namespace
}  // namespace cardea
