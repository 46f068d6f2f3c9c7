#include "run/connection_census.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace cardea::web {
namespace {

using boost::asio::ip::make_address;

TEST(ConnectionCensus, GivesAPlaceBackWhenItEnds) {
  ConnectionCensus census({.in_all = 10, .per_address = 1});
  {
    const auto place = census.enter(make_address("192.0.2.1"));
    EXPECT_TRUE(place.has_value());
    EXPECT_FALSE(census.enter(make_address("192.0.2.1")).has_value());
    EXPECT_TRUE(census.enter(make_address("192.0.2.2")).has_value());
  }
  EXPECT_TRUE(census.enter(make_address("192.0.2.1")).has_value());
}

TEST(ConnectionCensus, BoundsAllTogether) {
  ConnectionCensus census({.in_all = 2, .per_address = 2});
  const auto first = census.enter(make_address("192.0.2.1"));
  const auto second = census.enter(make_address("192.0.2.2"));
  EXPECT_FALSE(census.enter(make_address("192.0.2.3")).has_value());
}

TEST(ConnectionCensus, CountsAnIpv6NetworkAsOneAddress) {
  ConnectionCensus census({.in_all = 10, .per_address = 1});
  const auto place = census.enter(make_address("2001:db8:1:2::1"));
  EXPECT_FALSE(census.enter(make_address("2001:db8:1:2:ffff::9")).has_value());
  EXPECT_TRUE(census.enter(make_address("2001:db8:1:3::1")).has_value());
}

TEST(ConnectionCensus, ForgetsNothingWhenAPlaceMoves) {
  ConnectionCensus census({.in_all = 1, .per_address = 1});
  std::vector<ConnectionCensus::Place> places;
  {
    auto place = census.enter(make_address("192.0.2.1"));
    places.push_back(std::move(*place));
  }
  EXPECT_FALSE(census.enter(make_address("192.0.2.1")).has_value());
  places.clear();
  EXPECT_TRUE(census.enter(make_address("192.0.2.1")).has_value());
}

}  // namespace
}  // namespace cardea::web
