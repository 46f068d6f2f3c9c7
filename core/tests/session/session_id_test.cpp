#include <gtest/gtest.h>

#include <cardea/core/session/session_id.hpp>
#include <set>

namespace cardea {
namespace {

TEST(SessionId, IsRandomAndCanBeTypedOnACommandLine) {
  std::set<SessionId> ids;
  for (int i = 0; i < 1'000; ++i) ids.insert(SessionId::random());
  EXPECT_EQ(ids.size(), 1'000U);
  for (const auto& id : ids) EXPECT_NE(id.text().front(), '-');
}

TEST(SessionId, IsReadBackAndNothingElseIs) {
  const auto id = SessionId::random();
  EXPECT_EQ(SessionId::parse(id.text()).value(), id);
  for (const std::string& text : {std::string{}, id.text() + "A", id.text().substr(1), std::string(22, '!')}) {
    EXPECT_EQ(SessionId::parse(text).error().code(), ErrorCode::session_not_found) << text;
  }
}

}  // namespace
}  // namespace cardea
