// What the HTTP server counts of connections, and of requests whatever their route.
#pragma once

#include <cardea/core/metrics/counter.hpp>
#include <utility>

namespace cardea::web {

struct ServerCounts {
  Counter connections_opened;
  Counter connections_closed;
  Counter connections_refused;  // a cap was reached
  Counter accept_failures;
  Counter requests_begun;
  Counter requests_ended;
  Counter answers_cut;  // the client was gone, or did not read, before all of it was sent
};

// One more, and one less in the end. Without counts it does nothing.
class Counted {
 public:
  Counted() = default;
  Counted(Counter& begun, Counter& ended) noexcept : ended_(&ended) { begun.add(); }
  Counted(Counted&& other) noexcept : ended_(std::exchange(other.ended_, nullptr)) {}
  Counted& operator=(Counted&&) = delete;
  ~Counted() {
    if (ended_ != nullptr) ended_->add();
  }

 private:
  Counter* ended_ = nullptr;
};

}  // namespace cardea::web
