// expect: cardea: the label le belongs to the buckets of histograms
#include <cardea/core/metrics/metrics.hpp>

void add_metrics(cardea::Metrics& metrics) {
  metrics.counter<"shop_orders_total">("Orders that were placed", {cardea::label<"le">("1")}).add();
}
