#include <gtest/gtest.h>

#include <cardea/web/remote/key_set_url.hpp>

namespace cardea::web {
namespace {

TEST(KeySetUrl, TakesHttpsToAnyHost) {
  for (const auto* text : {"https://id.example/.well-known/jwks.json", "https://id.example:8443/keys?version=2",
                           "https://[2001:db8::1]/keys", "https://192.0.2.1/keys"}) {
    EXPECT_EQ(KeySetUrl::parse(text).value().text(), text);
  }
}

TEST(KeySetUrl, TakesPlainHttpToThisMachineOnly) {
  for (const auto* text : {"http://127.0.0.1:8000/keys", "http://127.255.255.254/keys", "http://[::1]:8000/keys",
                           "http://localhost:8000/keys"}) {
    EXPECT_TRUE(KeySetUrl::parse(text)) << text;
  }
  for (const auto* text :
       {"http://id.example/keys", "http://10.0.0.1/keys", "http://128.0.0.1/keys", "http://0.0.0.0/keys",
        "http://[::]/keys", "http://[::ffff:127.0.0.1]/keys", "http://[2001:db8::1]/keys", "http://localhost.example/",
        "http://127.0.0.1.example/", "http://example/127.0.0.1", "http://127.0.0.1@id.example/",
        "http://id.example#@127.0.0.1/", "http://id.example\\@127.0.0.1/"}) {
    EXPECT_FALSE(KeySetUrl::parse(text)) << text;
  }
}

TEST(KeySetUrl, RefusesWhatIsNoUrlOfAKeySetAndSaysWhy) {
  struct Case {
    const char* text;
    const char* why;
  };
  for (const auto& [text, why] : {
           Case{.text = "", .why = "is none"},
           Case{.text = "id.example/keys", .why = "is none"},
           Case{.text = "https://", .why = "is none"},
           Case{.text = "https:///id.example/keys", .why = "needs exactly two slashes"},
           Case{.text = "https:/id.example/keys", .why = "needs exactly two slashes"},
           Case{.text = "https://id.example:99999/keys", .why = "is none"},
           Case{.text = "http://id.example/keys", .why = "has to be https://"},
           Case{.text = "file://localhost/etc/passwd", .why = "has to begin with https://"},
           Case{.text = "ftp://id.example/keys", .why = "has to begin with https://"},
           Case{.text = "https://user@id.example/keys", .why = "must not hold a user or a password"},
           Case{.text = "https://user:pw@id.example/keys", .why = "must not hold a user or a password"},
           Case{.text = "https://id.example/keys#first", .why = "must not have a fragment"},
           Case{.text = "https://id.example/ke ys", .why = "has a character"},
           Case{.text = "https://id.example/keys\r\nX: y", .why = "has a character"},
       }) {
    const auto url = KeySetUrl::parse(text);
    ASSERT_FALSE(url) << text;
    EXPECT_EQ(url.error().code(), ErrorCode::configuration_invalid);
    EXPECT_NE(url.error().public_text().find(why), std::string_view::npos) << text << ": " << url.error().public_text();
  }
}

}  // namespace
}  // namespace cardea::web
