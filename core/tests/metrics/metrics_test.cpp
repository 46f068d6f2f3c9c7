#include <gmock/gmock.h>

#include <cardea/core/metrics/metrics.hpp>
#include <limits>
#include <stdexcept>
#include <thread>

namespace cardea {
namespace {

using namespace std::chrono_literals;
using testing::HasSubstr;
using testing::Not;

TEST(Metrics, AreWrittenAsPrometheusReadsThem) {
  Metrics metrics;
  metrics.counter<"shop_orders_total">("Orders that were placed", {label<"kind">("new")}).add(3);
  metrics.gauge<"shop_stock">("Articles in stock", [] { return 2.5; });
  EXPECT_EQ(metrics.prometheus_text(),
            "# HELP shop_orders_total Orders that were placed\n"
            "# TYPE shop_orders_total counter\n"
            "shop_orders_total{kind=\"new\"} 3\n"
            "# HELP shop_stock Articles in stock\n"
            "# TYPE shop_stock gauge\n"
            "shop_stock 2.5\n");
}

TEST(Metrics, WriteAHistogramCumulativelyAndItsCountIsThatOfTheLastBucket) {
  Metrics metrics;
  auto& packing = metrics.durations<"shop_packing_seconds">("Packing", {label<"kind">("new")}, {1ms, 250ms});
  packing.observe(1ms);
  packing.observe(200ms);
  packing.observe(250ms);
  packing.observe(3s);
  EXPECT_EQ(metrics.prometheus_text(),
            "# HELP shop_packing_seconds Packing\n"
            "# TYPE shop_packing_seconds histogram\n"
            "shop_packing_seconds_bucket{kind=\"new\",le=\"0.001\"} 1\n"
            "shop_packing_seconds_bucket{kind=\"new\",le=\"0.25\"} 3\n"
            "shop_packing_seconds_bucket{kind=\"new\",le=\"+Inf\"} 4\n"
            "shop_packing_seconds_sum{kind=\"new\"} 3.451\n"
            "shop_packing_seconds_count{kind=\"new\"} 4\n");
}

TEST(Metrics, WriteValuesAsTheyAre) {
  Metrics metrics;
  metrics.values<"shop_upload_bytes">("Uploads", BucketBounds({1'000, 100'000})).observe(2'000);
  EXPECT_THAT(metrics.prometheus_text(), HasSubstr("shop_upload_bytes_bucket{le=\"1000\"} 0\n"
                                                   "shop_upload_bytes_bucket{le=\"100000\"} 1\n"));
}

TEST(Metrics, EscapeWhatWouldEndALabelOrALine) {
  Metrics metrics;
  metrics.counter<"odd_total">("A \"help\"\nwith \\", {label<"text">("a \"b\"\nc\\d")}).add();
  EXPECT_EQ(metrics.prometheus_text(),
            "# HELP odd_total A \"help\"\\nwith \\\\\n"
            "# TYPE odd_total counter\n"
            "odd_total{text=\"a \\\"b\\\"\\nc\\\\d\"} 1\n");
}

TEST(Metrics, WriteWhatIsNoFiniteNumber) {
  Metrics metrics;
  using Limits = std::numeric_limits<double>;
  metrics.gauge<"a">("A", [] { return Limits::infinity(); });
  metrics.gauge<"b">("B", [] { return -Limits::infinity(); });
  metrics.gauge<"c">("C", [] { return Limits::quiet_NaN(); });
  const auto text = metrics.prometheus_text();
  EXPECT_THAT(text, HasSubstr("\na +Inf\n"));
  EXPECT_THAT(text, HasSubstr("\nb -Inf\n"));
  EXPECT_THAT(text, HasSubstr("\nc NaN\n"));
}

TEST(Metrics, WriteNumbersOfAnySizeInFull) {
  Metrics metrics;
  metrics.gauge<"a">("A", [] { return 1'767'225'600.123456; });
  metrics.gauge<"b">("B", [] { return -1.5e300; });
  metrics.gauge<"c">("C", [] { return 2.5e-300; });
  const auto text = metrics.prometheus_text();
  EXPECT_THAT(text, HasSubstr("\na 1767225600.123456\n"));
  EXPECT_THAT(text, HasSubstr("\nb -1.5e+300\n"));
  EXPECT_THAT(text, HasSubstr("\nc 2.5e-300\n"));
}

TEST(Metrics, OfOneNameStandTogether) {
  Metrics metrics;
  metrics.counter<"a_total">("A", {label<"kind">("x")});
  metrics.counter<"b_total">("B");
  metrics.counter<"a_total">("A", {label<"kind">("y")});
  EXPECT_EQ(metrics.prometheus_text(),
            "# HELP a_total A\n# TYPE a_total counter\na_total{kind=\"x\"} 0\na_total{kind=\"y\"} 0\n"
            "# HELP b_total B\n# TYPE b_total counter\nb_total 0\n");
}

TEST(Metrics, RefuseASecondSeriesWithTheSameLabelsAndASecondMeaning) {
  Metrics metrics;
  metrics.counter<"a_total">("A");
  EXPECT_THROW(metrics.counter<"a_total">("A"), std::logic_error);
  EXPECT_THROW(metrics.counter<"a_total">("Another", {label<"kind">("x")}), std::logic_error);
  metrics.gauge<"b_seconds">("B", [] { return 0.0; });
  EXPECT_THROW(metrics.durations<"b_seconds">("B"), std::logic_error);
}

TEST(Metrics, WriteTheSeriesThatASourceKnowsAtTheScrape) {
  Metrics metrics;
  std::vector<std::string> codes{"first"};
  metrics.counters<"errors_total">("Errors", [&codes](SeriesWriter& series) {
    for (const auto& code : codes) series.count({label<"code">(code)}, 1);
  });
  EXPECT_THAT(metrics.prometheus_text(), Not(HasSubstr("second")));
  codes.emplace_back("second");
  EXPECT_THAT(metrics.prometheus_text(), HasSubstr("errors_total{code=\"second\"} 1\n"));
}

TEST(Metrics, LeaveOutWhatCannotBeReadAndWriteTheRest) {
  Metrics metrics;
  metrics.gauges<"a">("A", [](SeriesWriter& series) {
    series.value({label<"half">("written")}, 1);
    throw std::runtime_error("cannot be read");
  });
  metrics.gauge<"b">("B", [] { return 1.0; });
  const auto text = metrics.prometheus_text();
  EXPECT_THAT(text, Not(HasSubstr("half")));
  EXPECT_THAT(text, HasSubstr("\nb 1\n"));
}

TEST(Metrics, MayBeReadAndAddedToAtOnce) {
  Metrics metrics;
  auto& counter = metrics.counter<"a_total">("A");
  {
    std::jthread const counting([&counter] {
      for (int i = 0; i < 10'000; ++i) counter.add();
    });
    std::jthread const adding([&metrics] {
      for (int i = 0; i < 100; ++i) metrics.counter<"b_total">("B", {label<"number">(std::to_string(i))});
    });
    for (int i = 0; i < 100; ++i) EXPECT_THAT(metrics.prometheus_text(), HasSubstr("\na_total "));
  }
  EXPECT_THAT(metrics.prometheus_text(), HasSubstr("\na_total 10000\n"));
  EXPECT_THAT(metrics.prometheus_text(), HasSubstr("b_total{number=\"99\"} 0\n"));
}

}  // namespace
}  // namespace cardea
