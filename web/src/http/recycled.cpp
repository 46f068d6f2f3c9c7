#include "http/recycled.hpp"

#include <algorithm>

#include "http/spare.hpp"

namespace cardea::web {
namespace {

constexpr std::size_t kMostHeader = 4 * 1024;
constexpr std::size_t kMostText = 1024;
constexpr std::size_t kMostBody = 16 * 1024;

bool are_small(std::initializer_list<const std::string*> texts) noexcept {
  return std::ranges::all_of(texts, [](const auto* text) { return text->capacity() <= kMostText; });
}

}  // namespace

Request recycled_request() { return Spare<Request>::take(); }
Response recycled_response() { return Spare<Response>::take(); }
RequestContext recycled_context() { return Spare<RequestContext>::take(); }

// A body may be large or a password: its room is never kept.
void recycle(Request&& over) noexcept {
  if (over.headers.capacity() > kMostHeader || !are_small({&over.target, &over.peer_address, &over.request_id})) return;
  over.target.clear();
  over.headers.clear();
  std::string{}.swap(over.body);  // which an assignment would leave its room
  over.peer_address.clear();
  over.request_id.clear();
  Spare<Request>::give(std::move(over));
}

void recycle(Response&& over) noexcept {
  if (over.headers.capacity() > kMostHeader || over.body.capacity() > kMostBody) return;
  over.status = Response{}.status;
  over.headers.clear();
  over.body.clear();
  over.counts = nullptr;
  over.lasting_body = {};
  Spare<Response>::give(std::move(over));
}

void recycle(RequestContext&& over) noexcept {
  if (!are_small({&over.path, &over.origin.address, &over.origin.request_id})) return;
  Spare<RequestContext>::give(std::move(over));
}

}  // namespace cardea::web
