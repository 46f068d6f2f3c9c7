#include "http/recycled.hpp"

#include <gtest/gtest.h>

#include <thread>

namespace cardea::web {
namespace {

Request request_of(std::string body = {}) {
  Request request;
  request.method = Method::post;
  request.target = "/auth/login?next=/posts/new";
  request.headers.add("Authorization", "Bearer of the one before");
  request.body = std::move(body);
  request.peer_address = "2001:db8::8a2e:370:7334";
  request.request_id = "9f86d081884c7d659a2feaa0c55ad015";
  return request;
}

TEST(RecycledRequest, HasTheRoomOfTheLastOneAndNothingOfWhatItSaid) {
  auto over = request_of("username=alice&password=secret");
  const auto* const room = over.request_id.data();
  recycle(std::move(over));
  const auto next = recycled_request();
  EXPECT_EQ(next.request_id.data(), room);
  EXPECT_EQ(next.target + next.body + next.peer_address + next.request_id, "");
  EXPECT_EQ(next.headers.size(), 0U);
  EXPECT_EQ(next.headers.find("Authorization"), std::nullopt);
  EXPECT_LT(next.body.capacity(), 16U);
}

TEST(RecycledRequest, IsAFreshOneAsLongAsTheLastOneGoesOn) {
  recycle(request_of());
  const auto first = recycled_request();
  EXPECT_NE(recycled_request().request_id.data(), first.request_id.data());
}

TEST(RecycledRequest, IsOfItsOwnThread) {
  auto over = request_of();
  const auto* const room = over.request_id.data();
  recycle(std::move(over));
  std::thread{[room] { EXPECT_NE(recycled_request().request_id.data(), room); }}.join();
  EXPECT_EQ(recycled_request().request_id.data(), room);
}

TEST(RecycledRequest, KeepsNoRoomOfALargeOne) {
  static_cast<void>(recycled_request());
  auto over = request_of();
  over.headers.add("Cookie", std::string(8000, 'a'));
  recycle(std::move(over));
  EXPECT_LT(recycled_request().headers.capacity(), 4096U);
}

TEST(RecycledResponse, HasTheRoomOfTheLastOneAndNothingOfWhatItSaid) {
  Response over{404, {}, std::string(100, 'a')};
  over.headers.add("Set-Cookie", "of=somebody");
  const auto* const room = over.body.data();
  recycle(std::move(over));
  const auto next = recycled_response();
  EXPECT_EQ(next.body.data(), room);
  EXPECT_EQ(next.body, "");
  EXPECT_EQ(next.status, 200U);
  EXPECT_EQ(next.headers.size(), 0U);
  EXPECT_EQ(next.counts, nullptr);
}

TEST(RecycledResponse, KeepsNoRoomOfALargeOne) {
  static_cast<void>(recycled_response());
  recycle(Response{200, {}, std::string(100'000, 'a')});
  EXPECT_LT(recycled_response().body.capacity(), 1000U);
}

}  // namespace
}  // namespace cardea::web
