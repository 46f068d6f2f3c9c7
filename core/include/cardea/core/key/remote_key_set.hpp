// The keys of another service, by its JWK set alone (RFC 7517 section 5): fetched, kept for a while, fetched again.
//
// Where it is fetched from is the fetcher's, fixed when that was made. Nothing in a token leads anywhere: an unknown
// `kid` causes at most the same fetch once more, and `jku`, `x5u`, `jwk` and `x5c` are not looked at.
#pragma once

#include <cardea/core/key/key_set_fetcher.hpp>
#include <cardea/core/token/key_source.hpp>
#include <chrono>
#include <condition_variable>
#include <cstddef>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>

namespace cardea {

struct RemoteKeySetOptions {
  // A set is fetched again after its max-age, which is held between the first two; after the third if there is none.
  std::chrono::seconds shortest_interval = std::chrono::minutes{1};
  std::chrono::seconds longest_interval = std::chrono::hours{24};
  std::chrono::seconds usual_interval = std::chrono::minutes{5};
  // How long it still counts after that, while it cannot be fetched.
  std::chrono::seconds stale_for = std::chrono::hours{1};
  // Between two fetches for the sake of an unknown key, whatever came of the first.
  std::chrono::seconds unknown_key_interval{60};
  // After a fetch that failed: the first delay, doubled by each further failure up to the second.
  std::chrono::seconds shortest_retry{1};
  std::chrono::seconds longest_retry{30};
  std::size_t largest_body = 256 * 1024;
};

// A set is refused, and the one before stays in force for as long as that counts, if it is larger than that, is no JWK
// set or an unusable one, holds a symmetric key, or holds none that can verify here.
//
// Thread-safe. One fetch runs at a time: who needs one meanwhile waits for it and has its outcome.
class RemoteKeySet final : public KeySource {
 public:
  explicit RemoteKeySet(std::unique_ptr<KeySetFetcher> fetcher, const RemoteKeySetOptions& options = {});

  // No key at all before the first success, and again from the very second in which the stale set counts no more.
  std::shared_ptr<const JwsVerifier> keys_at(Instant now) const override;

  // With keys, for one fetch each unknown_key_interval, until it has ended. Without, while a fetch runs and as soon as
  // the delay after the last failure is over.
  bool may_learn(Instant now) const noexcept override;

  // If it may, fetches or waits for the fetch that runs; otherwise says at once what is known. It is no error if the
  // fetch fails and older keys still count. Error: key_set_unavailable, if keys_at(now) has none.
  Done learn(Instant now) override;

  // Fetches if it is due. To be called every second or so; blocks only then. Error: key_set_unavailable, if the fetch
  // failed, even if older keys still count; its private text says why.
  Done refresh(Instant now);

  // Whether there are keys, for a readiness check. Error: key_set_unavailable; its private text is the last failure's.
  Done check(Instant now) const;

  // Ends a fetch that runs, and each later one before it begins: for the end of the program.
  void interrupt() noexcept { fetcher_->interrupt(); }

 private:
  struct Known {
    std::shared_ptr<const JwsVerifier> verifier;
    std::string canonical;
    std::string etag;
    std::chrono::seconds interval;
    Instant fetched_at;
  };
  struct Answer {
    bool is_news = false;  // with a verifier then
    std::string etag;
    std::optional<std::chrono::seconds> max_age;
    std::shared_ptr<const JwsVerifier> verifier = {};
    std::string canonical = {};
  };
  class Flight;
  using Lock = std::unique_lock<std::shared_mutex>;

  bool has_keys_at(Instant now) const;
  bool may_ask_for_unknown_key(Instant now) const;
  Done usable_at(Instant now) const;
  std::chrono::seconds interval_of(const Answer& answer) const;
  void clock_was_set_back(Instant now);
  void count_as_failed(Instant now);
  void wait_for_landing(Lock& lock);
  Result<Answer> ask(std::string_view etag);
  Done fetch(Lock& lock, Instant now);
  void accept(Answer answer, Instant now);

  const RemoteKeySetOptions options_;
  const std::unique_ptr<KeySetFetcher> fetcher_;
  const std::shared_ptr<const JwsVerifier> none_;

  mutable std::shared_mutex mutex_;  // never held during a fetch
  std::condition_variable_any landed_;
  bool is_flying_ = false;
  bool is_awaited_ = false;  // by a learn()
  unsigned landings_ = 0;
  unsigned failures_ = 0;  // in a row
  std::string last_failure_ = "not fetched yet";
  Instant attempted_at_;
  Instant due_at_;
  Instant learn_from_;
  std::optional<Known> known_;
};

}  // namespace cardea
