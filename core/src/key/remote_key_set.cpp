#include <algorithm>
#include <cardea/core/key/remote_key_set.hpp>

#include "key/public_jwk_set.hpp"

namespace cardea {
namespace {

std::unexpected<Error> unavailable(std::string why) {
  return failure(ErrorCode::key_set_unavailable, PrivateText{std::move(why)});
}

// The delay after so many failures in a row.
std::chrono::seconds retry_after(unsigned failures, const RemoteKeySetOptions& options) {
  constexpr unsigned kMostDoublings = 16;
  const auto factor = 1U << std::min(failures - 1, kMostDoublings);
  return std::min(options.shortest_retry * factor, options.longest_retry);
}

}  // namespace

// While one lives a fetch runs and the lock is open.
class RemoteKeySet::Flight {
 public:
  Flight(RemoteKeySet& set, Lock& lock) : set_(set), lock_(lock) {
    set_.is_flying_ = true;
    lock_.unlock();
  }
  Flight(const Flight&) = delete;
  Flight& operator=(const Flight&) = delete;
  ~Flight() {
    lock_.lock();
    set_.is_flying_ = false;
    set_.is_awaited_ = false;
    ++set_.landings_;
    set_.landed_.notify_all();
  }

 private:
  RemoteKeySet& set_;
  Lock& lock_;
};

RemoteKeySet::RemoteKeySet(std::unique_ptr<KeySetFetcher> fetcher, const RemoteKeySetOptions& options)
    : options_(options),
      fetcher_(std::move(fetcher)),
      none_(std::make_shared<const JwsVerifier>(VerificationKeySet{})) {}

std::shared_ptr<const JwsVerifier> RemoteKeySet::keys_at(Instant now) const {
  const std::shared_lock lock(mutex_);
  return has_keys_at(now) ? known_->verifier : none_;
}

bool RemoteKeySet::may_learn(Instant now) const noexcept {
  const std::shared_lock lock(mutex_);
  return may_ask_for_unknown_key(now);
}

Done RemoteKeySet::learn(Instant now) {
  Lock lock(mutex_);
  if (!may_ask_for_unknown_key(now)) return usable_at(now);
  if (!is_awaited_) learn_from_ = now + options_.unknown_key_interval;
  is_awaited_ = true;
  if (is_flying_) {
    wait_for_landing(lock);
  } else {
    static_cast<void>(fetch(lock, now));
  }
  return usable_at(now);
}

Done RemoteKeySet::refresh(Instant now) {
  Lock lock(mutex_);
  if (is_flying_) {
    wait_for_landing(lock);
    return failures_ == 0 ? Done{} : unavailable(last_failure_);
  }
  if (now < attempted_at_) clock_was_set_back(now);
  if (now < due_at_) return {};
  return fetch(lock, now);
}

Done RemoteKeySet::check(Instant now) const {
  const std::shared_lock lock(mutex_);
  return usable_at(now);
}

bool RemoteKeySet::has_keys_at(Instant now) const {
  return known_ && now < known_->fetched_at + known_->interval + options_.stale_for;
}

bool RemoteKeySet::may_ask_for_unknown_key(Instant now) const {
  if (has_keys_at(now)) return is_awaited_ || now >= learn_from_;
  return is_flying_ || now >= due_at_;
}

Done RemoteKeySet::usable_at(Instant now) const {
  if (has_keys_at(now)) return {};
  return unavailable(last_failure_);
}

std::chrono::seconds RemoteKeySet::interval_of(const Answer& answer) const {
  if (!answer.max_age) return answer.is_news ? options_.usual_interval : known_->interval;
  return std::min(std::max(*answer.max_age, options_.shortest_interval), options_.longest_interval);
}

// Nothing lasts longer by it.
void RemoteKeySet::clock_was_set_back(Instant now) {
  due_at_ = std::min(due_at_, now);
  learn_from_ = std::min(learn_from_, now);
  if (known_) known_->fetched_at = std::min(known_->fetched_at, now);
}

void RemoteKeySet::count_as_failed(Instant now) {
  ++failures_;
  attempted_at_ = now;
  due_at_ = now + retry_after(failures_, options_);
  last_failure_ = "the fetch was broken off";
}

void RemoteKeySet::wait_for_landing(Lock& lock) {
  landed_.wait(lock, [this, before = landings_] { return landings_ != before; });
}

Result<RemoteKeySet::Answer> RemoteKeySet::ask(std::string_view etag) {
  auto fetched = fetcher_->fetch(etag);
  if (!fetched) return failure(std::move(fetched).error());
  Answer answer{.is_news = !fetched->not_modified, .etag = std::move(fetched->etag), .max_age = fetched->max_age};
  if (!answer.is_news) return answer;
  auto read = read_public_jwk_set(fetched->body, options_.largest_body);
  if (!read) return unavailable("refused: " + std::string(read.error().private_text()));
  answer.verifier = std::make_shared<const JwsVerifier>(std::move(read->keys));
  answer.canonical = std::move(read->canonical);
  return answer;
}

// Counts as failed until it is known not to be, so that an exception leaves it so.
Done RemoteKeySet::fetch(Lock& lock, Instant now) {
  count_as_failed(now);
  const std::string etag = known_ ? known_->etag : std::string{};
  auto answer = [&] {
    const Flight flight(*this, lock);
    return ask(etag);
  }();
  if (answer && !answer->is_news && !known_) answer = unavailable("said to be unchanged, but no set is known");
  if (answer) {
    accept(std::move(*answer), now);
    return {};
  }
  last_failure_ = answer.error().private_text();
  return unavailable(last_failure_);
}

void RemoteKeySet::accept(Answer answer, Instant now) {
  const auto interval = interval_of(answer);
  if (!answer.is_news) {
    known_->interval = interval;
    known_->fetched_at = now;
  } else {
    if (known_ && known_->canonical == answer.canonical) answer.verifier = known_->verifier;
    known_ = {std::move(answer.verifier), std::move(answer.canonical), std::move(answer.etag), interval, now};
  }
  due_at_ = now + interval;
  failures_ = 0;
  last_failure_ = "it was not fetched again in time";
}

}  // namespace cardea
