#include <gtest/gtest.h>

#include <boost/json/array.hpp>
#include <boost/json/parse.hpp>
#include <cardea/core/token/claims.hpp>
#include <limits>

namespace cardea {
namespace {

namespace json = boost::json;

constexpr Instant kNoon{std::chrono::seconds{1767268800}};

json::object object_of(std::string_view text) { return json::parse(text).as_object(); }

ErrorCode refusal(std::string_view text) {
  const auto claims = parse_claims(text);
  return claims ? ErrorCode::internal_error : claims.error().code();
}

ErrorCode refusal(const Claims& claims) {
  const auto text = to_json(claims);
  return text ? ErrorCode::internal_error : text.error().code();
}

TEST(Claims, ReadsTheExampleOfTheRfc) {
  // RFC 7519 section 3.1.
  const auto claims =
      parse_claims("{\"iss\":\"joe\",\r\n \"exp\":1300819380,\r\n \"http://example.com/is_root\":true}");
  ASSERT_TRUE(claims);
  EXPECT_EQ(claims->issuer, "joe");
  EXPECT_EQ(claims->expires_at, NumericDate{Instant{std::chrono::seconds{1300819380}}});
  EXPECT_EQ(claims->others, object_of(R"({"http://example.com/is_root":true})"));
  EXPECT_EQ(claims->subject, std::nullopt);
}

TEST(Claims, ReadsEveryClaimThatHasAMember) {
  const auto claims = parse_claims(R"({"iss":"i","sub":"s","aud":["a","b"],"exp":3,"nbf":1,"iat":2,"jti":"t",
                                       "role":"r","scope":"x y","sid":"d","roles":["r"],"exptime":1,"":0})")
                          .value();
  EXPECT_EQ(claims.issuer, "i");
  EXPECT_EQ(claims.subject, "s");
  EXPECT_EQ(claims.audience, (std::vector<std::string>{"a", "b"}));
  EXPECT_EQ(claims.expires_at, NumericDate{Instant{std::chrono::seconds{3}}});
  EXPECT_EQ(claims.not_before, NumericDate{Instant{std::chrono::seconds{1}}});
  EXPECT_EQ(claims.issued_at, NumericDate{Instant{std::chrono::seconds{2}}});
  EXPECT_EQ(claims.token_id, "t");
  EXPECT_EQ(claims.role, "r");
  EXPECT_EQ(claims.scope, "x y");
  EXPECT_EQ(claims.session_id, "d");
  EXPECT_EQ(claims.others, object_of(R"({"roles":["r"],"exptime":1,"":0})"));
}

TEST(Claims, ReadsAnAudienceOfOneStringAsAListOfOne) {
  EXPECT_EQ(parse_claims(R"({"aud":"a"})")->audience, (std::vector<std::string>{"a"}));
  EXPECT_EQ(parse_claims(R"({"aud":[]})")->audience, (std::vector<std::string>{}));
}

TEST(Claims, RefusesARegisteredClaimOfAnotherType) {
  for (const auto* name : {"iss", "sub", "jti"}) {
    for (const auto* value : {"1", "null", "true", "[\"a\"]", "{}"}) {
      EXPECT_EQ(refusal("{\"" + std::string(name) + "\":" + value + "}"), ErrorCode::token_claims_malformed)
          << name << value;
    }
  }
  for (const auto* value : {"1", "null", "{}", "[1]", "[\"a\",null]", "[[\"a\"]]"}) {
    EXPECT_EQ(refusal(R"({"aud":)" + std::string(value) + "}"), ErrorCode::token_claims_malformed) << value;
  }
}

TEST(Claims, RefusesADateThatIsNoNumberOrOutOfRange) {
  for (const auto* name : {"exp", "nbf", "iat"}) {
    for (const auto* value : {"\"1767270600\"", "null", "true", "[1]", "{}", "-1", "-0.5", "9007199254740993",
                              "9007199254740994.0", "1e300", "18446744073709551615", "99999999999999999999"}) {
      EXPECT_EQ(refusal("{\"" + std::string(name) + "\":" + value + "}"), ErrorCode::token_claims_malformed)
          << name << value;
    }
    for (const auto* value : {"0", "-0", "-0.0", "0.5", "1e3", "9007199254740992", "9007199254740992.0"}) {
      EXPECT_TRUE(parse_claims("{\"" + std::string(name) + "\":" + value + "}")) << name << value;
    }
  }
}

TEST(Claims, KeepsAnUnregisteredClaimOfAnotherTypeAsItIs) {
  const auto claims = parse_claims(R"({"role":["a"],"scope":["x"],"sid":1})").value();
  EXPECT_EQ(claims.role, std::nullopt);
  EXPECT_EQ(claims.scope, std::nullopt);
  EXPECT_EQ(claims.session_id, std::nullopt);
  EXPECT_EQ(claims.others, object_of(R"({"role":["a"],"scope":["x"],"sid":1})"));
  EXPECT_EQ(json::parse(to_json(claims).value()), json::parse(R"({"role":["a"],"scope":["x"],"sid":1})"));
}

TEST(Claims, RefusesWhatIsNoStrictJsonObject) {
  for (const auto* text : {"", "null", "[]", "\"sub\"", "1", "{", R"({"sub":"a"}x)", R"({"sub":"a"}{})",
                           R"({"sub":"a","sub":"a"})", R"({"sub":"bob","\u0073ub":"alice"})", R"({"x":{"a":1,"a":2}})",
                           "{\"sub\":\"\xFF\"}", "{\"sub\":\"\xED\xA0\x80\"}", R"({"exp":1e400})", R"({"exp":NaN})",
                           R"({"exp":Infinity})", R"({"sub":"a",})", R"({"x":[[[[[[[[1]]]]]]]]})", "\xEF\xBB\xBF{}"}) {
    EXPECT_EQ(refusal(text), ErrorCode::token_malformed) << text;
  }
  EXPECT_TRUE(parse_claims(R"({"x":[[[[[[[1]]]]]]]})"));
}

TEST(Claims, ReadsEverySpellingThatJsonHasForTheSame) {
  const auto claims = parse_claims(
                          " { \"\\u0073ub\" :\t\"\\u0061lice\" , \"iss\":\"https:\\/\\/id.example\",\n"
                          R"("aud":[ "a\/b" , "\u0063"],"exp":1.7672688e9 ,"iat":1767268800.5,"nbf": 12 ,)"
                          R"("role":"\ud83d\udd11","\u0078":"\n","scope":")"
                          "\xC3\xA9\" } \r\n")
                          .value();
  EXPECT_EQ(claims.subject, "alice");
  EXPECT_EQ(claims.issuer, "https://id.example");
  EXPECT_EQ(claims.audience, (std::vector<std::string>{"a/b", "c"}));
  EXPECT_EQ(claims.expires_at, kNoon);
  EXPECT_EQ(claims.issued_at, kNoon + std::chrono::milliseconds{500});
  EXPECT_EQ(claims.not_before, Instant{std::chrono::seconds{12}});
  EXPECT_EQ(claims.role, "\xF0\x9F\x94\x91");
  EXPECT_EQ(claims.scope, "\xC3\xA9");
  EXPECT_EQ(claims.others, object_of(R"({"x":"\n"})"));
}

TEST(Claims, RefusesARepeatedNameOfAnyClaim) {
  for (const auto* value : {"\"a\"", "1", "null", "[\"a\"]"}) {
    for (const auto* name : {"iss", "sub", "aud", "exp", "nbf", "iat", "jti", "role", "scope", "sid", "other"}) {
      for (const auto* other : {"\"b\"", "2", "{}"}) {
        const auto once = std::string("\"").append(name).append("\":");
        const auto claims =
            std::string("{").append(once).append(value).append(R"(,"x":0,)").append(once).append(other) + '}';
        EXPECT_EQ(refusal(claims), ErrorCode::token_malformed) << claims;
      }
    }
  }
}

TEST(Claims, RefusesTextThatIsNoJsonAlsoWhenAClaimBeforeIsOfAnotherType) {
  EXPECT_EQ(refusal(R"({"sub":1,"exp":"x"})"), ErrorCode::token_claims_malformed);
  EXPECT_EQ(parse_claims(R"({"sub":1,"exp":"x"})").error().private_text(), "sub");
  for (const auto* text : {R"({"sub":1,"exp":"x")", R"({"sub":1,"exp":x})", R"({"sub":1}x)", R"({"sub":1,})",
                           R"({"sub":1,"x":"\ud83d"})", R"({"sub":1,"x":{"a":1,"a":2}})"}) {
    EXPECT_EQ(refusal(text), ErrorCode::token_malformed) << text;
  }
}

TEST(Claims, RefusesAMemberThatIsCutShortOrLacksAPart) {
  for (const auto* text : {R"({"sub"})",
                           R"({"sub":})",
                           R"({"sub" "a"})",
                           R"({"sub"::"a"})",
                           R"({"sub":"a" "iss":"b"})",
                           R"({"sub":"a",,"iss":"b"})",
                           R"({,"sub":"a"})",
                           R"({sub:"a"})",
                           R"({1:"a"})",
                           R"({"exp":1)",
                           R"({"exp":01})",
                           R"({"exp":1 2})",
                           R"({"exp":-})",
                           R"({"aud":["a"})",
                           R"({"x":[}])",
                           R"({"x":tru})",
                           R"({"x":"a)",
                           R"({"x\":1})",
                           R"({["x"]:1})",
                           R"({"sub":"a"]})"}) {
    EXPECT_EQ(refusal(text), ErrorCode::token_malformed) << text;
  }
}

TEST(Claims, OutliveTheTextTheyWereReadFrom) {
  Claims claims;
  {
    auto text = R"({"sub":"a subject that is longer than any small buffer","x":["another such long text as that"]})" +
                std::string();
    claims = parse_claims(text).value();
    text.assign(text.size(), '!');
  }
  EXPECT_EQ(claims.subject, "a subject that is longer than any small buffer");
  EXPECT_EQ(claims.others, object_of(R"({"x":["another such long text as that"]})"));
}

TEST(Claims, AreWrittenAsOneJsonObjectThatIsReadBack) {
  Claims claims;
  claims.issuer = "https://id.example";
  claims.subject = "al\"ice\\\n\u00E9\x7F";
  claims.audience = {"a", "b"};
  claims.expires_at = kNoon;
  claims.not_before = kNoon + std::chrono::microseconds{1};
  claims.issued_at = Instant{};
  claims.role = "admin";
  claims.others = object_of(R"({"x":{"y":[1,2.5,null]}})");
  const auto text = to_json(claims).value();
  EXPECT_EQ(object_of(text),
            object_of(R"({"iss":"https://id.example","sub":"al\"ice\\\n\u00E9\u007F","aud":["a","b"],"exp":1767268800,)"
                      R"("nbf":1767268800.000001,"iat":0,"role":"admin","x":{"y":[1,2.5,null]}})"));
  const auto read = parse_claims(text).value();
  EXPECT_EQ(read.subject, claims.subject);
  EXPECT_EQ(read.audience, claims.audience);
  EXPECT_EQ(read.not_before, claims.not_before);
  EXPECT_EQ(read.others, claims.others);
}

TEST(Claims, AreWrittenInOneOrderWithoutWhiteSpace) {
  Claims claims;
  claims.expires_at = kNoon;
  claims.subject = "alice";
  claims.audience = {"orders"};
  EXPECT_EQ(to_json(claims).value(), R"({"sub":"alice","aud":"orders","exp":1767268800})");
  EXPECT_EQ(to_json(Claims{}).value(), "{}");
}

TEST(Claims, AreNotWrittenWhenTheyWouldNotBeReadBack) {
  Claims claims;
  claims.subject = "\xFF";
  EXPECT_EQ(refusal(claims), ErrorCode::token_claims_malformed);
  claims = {};
  claims.audience = {"a", "\xC0\xAF"};
  EXPECT_EQ(refusal(claims), ErrorCode::token_claims_malformed);
  claims = {};
  claims.expires_at = Instant{std::chrono::microseconds{-1}};
  EXPECT_EQ(refusal(claims), ErrorCode::token_claims_malformed);
  for (const auto* name : {"iss", "sub", "jti", "aud", "exp", "nbf", "iat"}) {
    claims = {};
    claims.others[name] = 1;
    EXPECT_EQ(refusal(claims), ErrorCode::token_claims_malformed) << name;
  }
  claims = {};
  claims.role = "user";
  claims.others["role"] = "admin";
  EXPECT_EQ(refusal(claims), ErrorCode::token_claims_malformed);
}

TEST(Claims, AreNotWrittenWhenAnotherClaimIsNoStrictJson) {
  json::object with_broken_name;
  with_broken_name["\xFF"] = 1;
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  for (const auto& value : {json::value("\xFF"), json::value(std::numeric_limits<double>::infinity()),
                            json::value(kNan), json::value(json::array{1, json::object{{"y", kNan}}}),
                            json::parse("[[[[[[[[1]]]]]]]]"), json::value(with_broken_name)}) {
    Claims claims;
    claims.others["x"] = value;
    EXPECT_EQ(refusal(claims), ErrorCode::token_claims_malformed);
  }
}

}  // namespace
}  // namespace cardea
