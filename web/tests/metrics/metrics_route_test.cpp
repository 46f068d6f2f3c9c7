#include <gmock/gmock.h>

#include <cardea/web/metrics/metrics_route.hpp>
#include <cardea/web/testing/test_client.hpp>
#include <chrono>
#include <memory>

namespace cardea::web {
namespace {

using ::testing::HasSubstr;

TEST(MetricsRoute, ShowsMetricsInTheFormatThatItsMediaTypeNames) {
  App app;
  add_metrics_for_everyone(app);
  app.metrics().counter<"shop_orders_total">("Orders that were placed").add();
  TestClient client{app};
  const auto answer = client.get("/metrics");
  EXPECT_EQ(answer.status, 200U);
  EXPECT_EQ(answer.header("Content-Type"), "text/plain; version=0.0.4; charset=utf-8");
  EXPECT_EQ(answer.header("Cache-Control"), "no-store");
  EXPECT_THAT(answer.body, HasSubstr("shop_orders_total 1\n"));
}

class Warehouse {
 public:
  double articles() const { return 3; }
};

// [own]
void add_shop(App& app, const std::shared_ptr<Warehouse>& warehouse) {
  auto& metrics = app.metrics();
  auto& orders = metrics.counter<"shop_orders_total">("Orders that were placed", {label<"kind">("new")});
  auto& packing = metrics.durations<"shop_packing_seconds">("How long packing an order took");
  metrics.gauge<"shop_articles">("Articles in stock", [warehouse] { return warehouse->articles(); });
  app.post<"/orders">([&orders, &packing](Public) {
    orders.add();
    packing.observe(std::chrono::milliseconds{30});
  });
  add_metrics_for_everyone(app);  // or add_metrics, for those with the permission metrics:read
}
// [/own]

TEST(MetricsRoute, ShowsWhatAProgramAddsOfItsOwn) {
  App app;
  add_shop(app, std::make_shared<Warehouse>());
  TestClient client{app};
  EXPECT_EQ(client.post_json("/orders", "{}").status, 204U);
  const auto text = client.get("/metrics").body;
  EXPECT_THAT(text, HasSubstr("shop_orders_total{kind=\"new\"} 1\n"));
  EXPECT_THAT(text, HasSubstr("shop_packing_seconds_count 1\n"));
  EXPECT_THAT(text, HasSubstr("shop_articles 3\n"));
}

}  // namespace
}  // namespace cardea::web
