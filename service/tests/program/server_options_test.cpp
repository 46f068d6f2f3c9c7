#include "program/server_options.hpp"

#include <gtest/gtest.h>

#include <cardea/service/config/load_config.hpp>

namespace cardea::service {
namespace {

using namespace std::chrono_literals;

TEST(ServerOptions, HaveADeadlineForEachPhaseFromTheConfiguration) {
  ConfigSources sources;
  sources.flags = {{"handshake_seconds", "1"}, {"request_head_seconds", "2"}, {"request_body_seconds", "3"},
                   {"handler_seconds", "4"},   {"answer_write_seconds", "5"}, {"keep_alive_seconds", "6"}};
  const auto options = server_options_of(load_config(sources)->config);
  ASSERT_TRUE(options) << options.error().public_text();
  EXPECT_EQ(options->deadlines.handshake, 1s);
  EXPECT_EQ(options->deadlines.head, 2s);
  EXPECT_EQ(options->deadlines.body, 3s);
  EXPECT_EQ(options->deadlines.handler, 4s);
  EXPECT_EQ(options->deadlines.write, 5s);
  EXPECT_EQ(options->deadlines.idle, 6s);
}

}  // namespace
}  // namespace cardea::service
