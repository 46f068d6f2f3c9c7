#include <cardea/web/metrics/metrics_route.hpp>

namespace cardea::web {
namespace {

using MayReadMetrics = AllowingApiKeys<RequirePermission<"metrics:read">>;

struct PrometheusText {
  std::string text;
};

RouteOptions describe(RouteOptions options) {
  return options.tag("health")
      .summary("Metrics for Prometheus")
      .description("In the text format of Prometheus, version 0.0.4.");
}

}  // namespace

template <>
struct Responder<PrometheusText> {
  static Result<Response> respond(PrometheusText& metrics) {
    Response response{200, {}, std::move(metrics.text)};
    response.headers.add("Content-Type", Metrics::kMediaType);
    response.headers.add("Cache-Control", "no-store");
    return response;
  }
  static responder_detail::Success describe(SchemaRegistry&) {
    responder_detail::Success success{200, {{"type", "string"}}, true};
    success.media_type = "text/plain";
    return success;
  }
};

void add_metrics(App& app) {
  describe(app.get<"/metrics">(
      [](const MayReadMetrics&, Use<Metrics> metrics) { return PrometheusText{metrics->prometheus_text()}; }));
}

void add_metrics_for_everyone(App& app) {
  describe(
      app.get<"/metrics">([](Public, Use<Metrics> metrics) { return PrometheusText{metrics->prometheus_text()}; }));
}

}  // namespace cardea::web
