// Coroutines of one execution context that wait for a thread outside of it. They belong to their context: when it goes
// first, they go with it, and a late resume does nothing.
#pragma once

#include <boost/asio/execution_context.hpp>
#include <cardea/core/base/result.hpp>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <unordered_map>

namespace cardea::web {

// Posts the rest of the coroutine to its executor; destroyed uncalled it destroys the coroutine.
using Resume = std::move_only_function<void(Done)>;

class WaitingCoroutines final : public boost::asio::execution_context::service {
 public:
  static inline boost::asio::execution_context::id id;

  // The way back from another thread; may be kept longer than the context lives.
  class Ticket {
   public:
    void resume(Done outcome);

   private:
    friend class WaitingCoroutines;
    std::shared_ptr<struct WaitingList> list_;
    std::uint64_t number_ = 0;
  };

  explicit WaitingCoroutines(boost::asio::execution_context& context);

  Ticket add(Resume resume);

 private:
  void shutdown() override;

  std::shared_ptr<WaitingList> list_;
};

}  // namespace cardea::web
