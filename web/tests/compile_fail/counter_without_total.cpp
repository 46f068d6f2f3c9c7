// expect: cardea: the name of a counter ends with _total
#include <cardea/core/metrics/metrics.hpp>

void add_metrics(cardea::Metrics& metrics) { metrics.counter<"shop_orders">("Orders that were placed").add(); }
