#include <cardea/web/metrics/pool_metrics.hpp>

namespace cardea::web {

void add_pool_metrics(Metrics& metrics, const std::string& name, const std::shared_ptr<const BlockingPool>& pool) {
  const auto named = label<"pool">(name);
  const auto number = [&pool](std::size_t BlockingPool::State::* part) {
    return [pool, part] { return static_cast<double>(pool->state().*part); };
  };
  metrics.gauge<"cardea_pool_threads">("Threads of a pool", number(&BlockingPool::State::threads), {named});
  metrics.gauge<"cardea_pool_running">("Jobs that run on a pool", number(&BlockingPool::State::running), {named});
  metrics.gauge<"cardea_pool_queue_length">("Jobs that wait for a thread of a pool",
                                            number(&BlockingPool::State::waiting), {named});
  metrics.histograms<"cardea_pool_wait_seconds">(
      "How long jobs waited for a thread of a pool",
      [pool, named](SeriesWriter& series) { series.histogram({named}, pool->waits()); });
  metrics.counters<"cardea_pool_refused_total">(
      "Jobs that a pool refused, since its queue was full or they had waited too long",
      [pool, named](SeriesWriter& series) {
        const auto state = pool->state();
        series.count({named, label<"reason">("queue_full")}, state.refused_full);
        series.count({named, label<"reason">("waited_too_long")}, state.refused_late);
      });
}

}  // namespace cardea::web
