#include <cardea/web/extract/dependency.hpp>
#include <cardea/web/run/blocking_pool.hpp>

namespace cardea::web::dependency_detail {

Task<bool> run_blocking(Exchange& exchange, bool (*job)(Exchange&)) {
  auto* pool = exchange.provisions().find<BlockingPool>();
  // The job shares the exchange: it runs to its end even if the connection is gone by then.
  auto work = [shared = exchange.shared_from_this(), job] { return job(*shared); };
  auto resolved = co_await pool->run(std::move(work));
  if (!resolved) co_return exchange.refuse(std::move(resolved).error());
  co_return *resolved;
}

}  // namespace cardea::web::dependency_detail
