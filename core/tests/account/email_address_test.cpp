#include <cardea/core/account/email_address.hpp>

#include <gtest/gtest.h>

namespace cardea {
namespace {

TEST(EmailAddress, IsWhatABrowserAccepts) {
  for (const auto* text : {"alice@example.com", "a@b", "alice.b+tag@mail.example.co.uk", "o'neill@example.com",
                           "{x}~!#$%&*/=?^_`|-@xn--bcher-kva.example", "1@2.3"}) {
    EXPECT_TRUE(EmailAddress::parse(text).has_value()) << text;
  }
}

TEST(EmailAddress, IsKeptInLowerCase) {
  EXPECT_EQ(EmailAddress::parse("Alice.B@Example.COM").value().text(), "alice.b@example.com");
}

TEST(EmailAddress, IsNothingElse) {
  for (const auto* text :
       {"", "@", "alice", "alice@", "@example.com", "a@b@c", "a b@example.com", "\"a b\"@example.com", "a@-b.example",
        "a@b-.example", "a@b..example", "a@.example", "a@example.", "a@exa_mple.com", "a@[192.0.2.1]",
        "a@example.com\n", "<a@example.com>", "a,b@example.com", "b\u00fccher@example.com"}) {
    const auto address = EmailAddress::parse(text);
    ASSERT_FALSE(address.has_value()) << text;
    EXPECT_EQ(address.error().code(), ErrorCode::email_invalid);
  }
}

TEST(EmailAddress, IsNoLongerThanMailAllows) {
  const std::string label(60, 'd');
  const auto domain = label + '.' + label + '.' + label;
  EXPECT_TRUE(EmailAddress::parse(std::string(64, 'a') + '@' + domain).has_value());
  EXPECT_FALSE(EmailAddress::parse(std::string(65, 'a') + '@' + domain).has_value());
  EXPECT_FALSE(EmailAddress::parse(std::string(64, 'a') + '@' + domain + '.' + label).has_value()) << "over 254";
  EXPECT_FALSE(EmailAddress::parse("a@" + std::string(64, 'd')).has_value());
}

}  // namespace
}  // namespace cardea
