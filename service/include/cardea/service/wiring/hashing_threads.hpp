// Threads of their own for password hashing, so that a storm of logins keeps nothing else waiting; and a few for what a
// login stores, so that none that could hash waits for a disk.
#pragma once

#include <cardea/web/extract/use.hpp>
#include <cardea/web/openapi/operation.hpp>
#include <cardea/web/run/blocking_pool.hpp>
#include <utility>

namespace cardea::service {

struct HashingThreads {
  web::BlockingPool pool;
  web::BlockingPool storing;
};

// As a handler's parameter: where it hashes. A full queue is 503, and failures of a login make the next
// one wait, 429, which the route's description says.
class OnHashingThreads {
 public:
  explicit OnHashingThreads(HashingThreads& threads) : threads_(&threads) {}

  // As BlockingPool::run.
  template <class Job>
  auto run(Job job) const {
    return threads_->pool.run(std::move(job));
  }

  // For what follows a hash. As BlockingPool::run.
  template <class Job>
  auto store(Job job) const {
    return threads_->storing.run(std::move(job));
  }

  static OnHashingThreads resolve(web::Use<HashingThreads> threads) { return OnHashingThreads{*threads}; }
  static void describe(web::Operation& operation) { operation.refusals.insert({429, 503}); }

 private:
  HashingThreads* threads_;
};

}  // namespace cardea::service
