// A service: the threads on which it is asked are those that are watched.
#pragma once

#include <cardea/web/http/service.hpp>
#include <string_view>
#include <utility>

#include "watched_threads.hpp"

namespace cardea::testing {

class WatchedService final : public web::Service {
 public:
  explicit WatchedService(web::Service& service) : service_(service) {}

  std::size_t body_limit(web::Method method, std::string_view target) const override {
    return service_.body_limit(method, target);
  }
  web::Answer answer(web::Request request) override {
    watch_this_thread();
    return service_.answer(std::move(request));
  }
  web::Response refuse(const Error& error, const web::Request& head) const override {
    return service_.refuse(error, head);
  }
  web::ServerCounts* server_counts() noexcept override { return service_.server_counts(); }

 private:
  web::Service& service_;
};

}  // namespace cardea::testing
