// expect: cardea: the name of a metric has letters, digits and underscores only
#include <cardea/core/metrics/metrics.hpp>

void add_metrics(cardea::Metrics& metrics) { metrics.counter<"shop-orders_total">("Orders that were placed").add(); }
