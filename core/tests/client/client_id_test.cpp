#include <gtest/gtest.h>

#include <cardea/core/account/username.hpp>
#include <cardea/core/client/client_id.hpp>
#include <cardea/core/client/client_name.hpp>
#include <set>

namespace cardea {
namespace {

TEST(ClientId, IsNewEachTimeAndReadBack) {
  std::set<ClientId> ids;
  for (int i = 0; i < 100; ++i) {
    const auto id = ClientId::generate();
    EXPECT_EQ(id.text().size(), 29U);
    EXPECT_EQ(ClientId::parse(id.text()).value(), id);
    ids.insert(id);
  }
  EXPECT_EQ(ids.size(), 100U);
}

TEST(ClientId, IsNeverAUserName) { EXPECT_FALSE(Username::parse(ClientId::generate().text())); }

TEST(ClientId, HasOneSpelling) {
  ASSERT_TRUE(ClientId::parse("Client_AAAAAAAAAAAAAAAAAAAAAA"));
  for (const auto* text : {"", "Client_", "alice", "client_AAAAAAAAAAAAAAAAAAAAAA", "Client_AAAAAAAAAAAAAAAAAAAAA",
                           "Client_AAAAAAAAAAAAAAAAAAAAAAA", "Client_AAAAAAAAAAAAAAAAAAAAAB",
                           "Client_AAAAAAAAAAAAAAAAAAAA==", "Client_AAAAAAAAAAAAAAAAAAAA+A"}) {
    EXPECT_EQ(ClientId::parse(text).error().code(), ErrorCode::client_not_found) << text;
  }
}

TEST(ClientName, IsUpTo80CharactersThatShow) {
  std::string longest;
  for (int i = 0; i < 80; ++i) longest += "\xC3\xA9";
  for (const auto& text : {std::string("a"), std::string("Billing, nightly"), longest, std::string("\xC2\xA0")}) {
    EXPECT_EQ(ClientName::parse(text).value().text(), text);
  }
  for (const auto& text :
       {std::string{}, std::string("  "), longest + "x", std::string("a\nb"), std::string("a\x7F"),
        std::string("a\xC2\x85"), std::string("a\0b", 3), std::string("\xFF"), std::string("a\xC2")}) {
    EXPECT_EQ(ClientName::parse(text).error().code(), ErrorCode::client_name_invalid) << text;
  }
}

}  // namespace
}  // namespace cardea
