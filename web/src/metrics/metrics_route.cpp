#include <cardea/web/metrics/metrics_route.hpp>

namespace cardea::web {
namespace {

using MayReadMetrics = AllowingApiKeys<RequirePermission<"metrics:read">>;

Response answer(const Metrics& metrics) {
  Response response{200, {}, metrics.prometheus_text()};
  response.headers.add("Content-Type", Metrics::kMediaType);
  response.headers.add("Cache-Control", "no-store");
  return response;
}

RouteOptions describe(RouteOptions options) {
  return options.tag("health")
      .summary("Metrics for Prometheus")
      .description("In the text format of Prometheus, version 0.0.4.");
}

}  // namespace

void add_metrics(App& app) {
  describe(app.get<"/metrics">([](const MayReadMetrics&, Use<Metrics> metrics) { return answer(*metrics); }));
}

void add_metrics_for_everyone(App& app) {
  describe(app.get<"/metrics">([](Public, Use<Metrics> metrics) { return answer(*metrics); }));
}

}  // namespace cardea::web
