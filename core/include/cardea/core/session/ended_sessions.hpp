// The sessions that have ended while an access token of theirs was still valid: what makes a logout count at once
// though tokens are verified without asking anyone.
//
// Bounded. When it is full it forgets the oldest ends, and from then on refuses every session's token that was issued
// before them: a session that lives is refreshed, one that has ended is not.
#pragma once

#include <array>
#include <atomic>
#include <cardea/core/base/read_mostly_mutex.hpp>
#include <cardea/core/session/session_store.hpp>
#include <cardea/core/token/token_revocations.hpp>
#include <cstddef>
#include <deque>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>

namespace cardea {

// Thread-safe.
class EndedSessions final : public TokenRevocations {
 public:
  explicit EndedSessions(std::size_t capacity = 1'000'000) : capacity_(capacity) {}

  // Tokens without a session are no business of this set.
  bool is_revoked(const VerifiedToken& token) const noexcept override;

  // From the return of this on no token of theirs is accepted.
  void add(std::span<const EndedSession> ended, Instant now);

  // Lets those go whose last access token has expired. Time that goes back brings a token back, so that an entry stays
  // for kMargin longer.
  void prune(Instant now);
  static constexpr std::chrono::hours kMargin{24};

  std::size_t size() const;

 private:
  struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>{}(text); }
  };
  void make_room();

  std::size_t capacity_;
  mutable ReadMostlyMutex mutex_;
  std::unordered_map<std::string, Instant, Hash, std::equal_to<>> access_ends_by_id_;
  struct Arrival {
    std::string id;
    Instant ended_by{};  // no token of it has been issued since
  };
  std::deque<Arrival> arrivals_;  // the oldest first
  Instant all_before_ = Instant::min();
  std::atomic<bool> is_empty_{true};  // so that a request takes no lock while nobody has logged out
};

}  // namespace cardea
