// Counts the open connections of the whole server, in all and by address. Thread-safe.
#pragma once

#include <boost/asio/ip/address.hpp>
#include <cardea/web/run/server_options.hpp>
#include <cstddef>
#include <map>
#include <mutex>
#include <optional>
#include <utility>

namespace cardea::web {

class ConnectionCensus {
 public:
  // None: a client that has no address of its own, or speaks for many. It counts in all only.
  using Origin = std::optional<boost::asio::ip::address>;

  // A place in the count, given back at its end. The census has to outlive it.
  class Place {
   public:
    Place(Place&& other) noexcept : census_(std::exchange(other.census_, nullptr)), origin_(std::move(other.origin_)) {}
    Place& operator=(Place&&) = delete;
    ~Place() {
      if (census_ != nullptr) census_->leave(origin_);
    }

   private:
    friend class ConnectionCensus;
    Place(ConnectionCensus& census, Origin origin) : census_(&census), origin_(std::move(origin)) {}
    ConnectionCensus* census_;
    Origin origin_;
  };

  explicit ConnectionCensus(ConnectionCaps caps) : caps_(caps) {}

  // None if a cap is reached.
  std::optional<Place> enter(const Origin& peer);

 private:
  void leave(const Origin& origin) noexcept;

  const ConnectionCaps caps_;
  std::mutex mutex_;
  std::size_t in_all_ = 0;
  std::map<boost::asio::ip::address, std::size_t> by_origin_;
};

}  // namespace cardea::web
