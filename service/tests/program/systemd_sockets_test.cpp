#include <gmock/gmock.h>
#include <unistd.h>

#include <cardea/service/program/systemd_sockets.hpp>

namespace cardea::service {
namespace {

std::vector<int> sockets_of(const Texts& environment) {
  return systemd_sockets(environment).value_or(std::vector<int>{});
}

TEST(SystemdSockets, BeginAtTheThirdDescriptor) {
  const auto self = std::to_string(::getpid());
  EXPECT_THAT(sockets_of({{"LISTEN_PID", self}, {"LISTEN_FDS", "1"}}), testing::ElementsAre(3));
  EXPECT_THAT(sockets_of({{"LISTEN_PID", self}, {"LISTEN_FDS", "3"}}), testing::ElementsAre(3, 4, 5));
}

TEST(SystemdSockets, AreRefusedWhereThereAreNoneForThisProcess) {
  const auto self = std::to_string(::getpid()), other = std::to_string(::getppid());
  for (const auto& environment :
       {Texts{}, Texts{{"LISTEN_FDS", "1"}}, Texts{{"LISTEN_PID", self}},
        Texts{{"LISTEN_PID", other}, {"LISTEN_FDS", "1"}}, Texts{{"LISTEN_PID", self}, {"LISTEN_FDS", "0"}},
        Texts{{"LISTEN_PID", self}, {"LISTEN_FDS", "-1"}}, Texts{{"LISTEN_PID", self}, {"LISTEN_FDS", "1x"}}}) {
    const auto sockets = systemd_sockets(environment);
    ASSERT_FALSE(sockets.has_value());
    EXPECT_THAT(sockets.error().public_text(), testing::HasSubstr("systemd has handed over no sockets"));
  }
}

}  // namespace
}  // namespace cardea::service
