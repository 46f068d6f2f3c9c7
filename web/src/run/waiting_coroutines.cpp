#include "run/waiting_coroutines.hpp"

#include <utility>

namespace cardea::web {

struct WaitingList {
  std::mutex mutex;
  bool open = true;
  std::uint64_t next_number = 0;
  std::unordered_map<std::uint64_t, Resume> waiting;
};

WaitingCoroutines::WaitingCoroutines(boost::asio::execution_context& context)
    : service(context), list_(std::make_shared<WaitingList>()) {}

WaitingCoroutines::Ticket WaitingCoroutines::add(Resume resume) {
  const std::lock_guard lock(list_->mutex);
  Ticket ticket;
  ticket.list_ = list_;
  ticket.number_ = list_->next_number++;
  list_->waiting.emplace(ticket.number_, std::move(resume));
  return ticket;
}

void WaitingCoroutines::shutdown() {
  std::unordered_map<std::uint64_t, Resume> abandoned;
  const std::lock_guard lock(list_->mutex);
  list_->open = false;
  abandoned.swap(list_->waiting);
}

void WaitingCoroutines::Ticket::resume(Done outcome) {
  // The lock holds the context's end back until the coroutine has been posted to it.
  const std::lock_guard lock(list_->mutex);
  if (!list_->open) return;
  auto node = list_->waiting.extract(number_);
  if (node) node.mapped()(std::move(outcome));
}

}  // namespace cardea::web
