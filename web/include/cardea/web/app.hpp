// An application: routes with typed handlers, and what it provides to them. A value; two of them live in one process.
//
//   cardea::web::App app;
//   app.get<"/posts/{id}">([](CurrentUser user, Path<"id", std::int64_t> id, Use<Posts> posts) { return
//   posts->find(*id); }); app.provide(std::make_shared<Posts>());
//
// The types of a handler's parameters are the route's whole policy: docs/extractors.md.
#pragma once

#include <cardea/core/access/catalogue.hpp>
#include <cardea/core/metrics/metrics.hpp>
#include <cardea/web/extract/body.hpp>
#include <cardea/web/extract/cookie.hpp>
#include <cardea/web/extract/header.hpp>
#include <cardea/web/extract/path.hpp>
#include <cardea/web/extract/query.hpp>
#include <cardea/web/extract/use.hpp>
#include <cardea/web/http/service.hpp>
#include <cardea/web/routing/endpoint.hpp>
#include <cardea/web/routing/handler_checks.hpp>
#include <cardea/web/routing/router.hpp>
#include <cardea/web/security/allowing_api_keys.hpp>
#include <cardea/web/security/bearer_token.hpp>
#include <cardea/web/security/current_client.hpp>
#include <cardea/web/security/current_principal.hpp>
#include <cardea/web/security/current_session.hpp>
#include <cardea/web/security/current_user.hpp>
#include <cardea/web/security/public.hpp>
#include <cardea/web/security/require_all.hpp>
#include <cardea/web/security/require_any.hpp>
#include <cardea/web/security/require_owner.hpp>
#include <cardea/web/security/require_permission.hpp>
#include <cardea/web/security/require_role.hpp>
#include <cardea/web/security/verified_bearer_token.hpp>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

namespace cardea::web {

class HttpMetrics;

class App : public Service {
 public:
  App();
  App(const App&) = delete;
  App& operator=(const App&) = delete;

  template <Name pattern, class F>
  RouteOptions get(F handler) {
    return route<pattern>(Method::get, std::move(handler));
  }
  template <Name pattern, class F>
  RouteOptions post(F handler) {
    return route<pattern>(Method::post, std::move(handler));
  }
  template <Name pattern, class F>
  RouteOptions put(F handler) {
    return route<pattern>(Method::put, std::move(handler));
  }
  template <Name pattern, class F>
  RouteOptions patch(F handler) {
    return route<pattern>(Method::patch, std::move(handler));
  }
  template <Name pattern, class F>
  RouteOptions delete_(F handler) {
    return route<pattern>(Method::delete_, std::move(handler));
  }

  // What Use<T> gives to handlers and dependencies. Before the first request.
  template <class T>
  void provide(std::shared_ptr<T> value) {
    provisions_.provide(std::move(value));
  }

  // What a test puts in a dependency's place (cardea/web/testing/test_client.hpp). Between prepare() and the next one
  // nothing changes.
  Provisions& provisions() noexcept { return provisions_; }

  // Everything that one route needs and nobody provides, a sentence each; empty if the application can run.
  std::vector<std::string> problems() const;
  std::vector<std::string> problems_of(const Route& route) const;

  // Called with what the client never reads: the private text of an answer of status 500 and above.
  void on_failure(std::function<void(const RequestContext&, const Error&)> observer) {
    on_failure_ = std::move(observer);
  }

  // What the application tells Prometheus: requests, connections, the process, and whatever it adds itself
  // (cardea/core/metrics/metrics.hpp). Handlers ask for it by Use<Metrics>; see web/metrics/metrics_route.hpp for
  // showing it.
  Metrics& metrics() noexcept { return *metrics_; }

  // How the OpenAPI document introduces the application.
  struct Introduction {
    std::string title = "Cardea";
    std::string version = "0.1.0";
    std::string description;
  };
  void introduce(Introduction introduction) { introduction_ = std::move(introduction); }
  const Introduction& introduction() const noexcept { return introduction_; }

  // What its routes may name, and roles may be given. The catalogue lives as long as the application does. An AppWith
  // declares its own, and has the compiler hold its routes against it; whatever routes others add to it, problems()
  // holds against it at the start.
  void declare(const Catalogue& catalogue) noexcept { catalogue_ = catalogue; }
  const std::optional<Catalogue>& catalogue() const noexcept { return catalogue_; }

  const std::vector<std::unique_ptr<Route>>& routes() const noexcept { return router_.routes(); }
  Result<RouteMatch> find_route(Method method, std::string_view target) const { return router_.find(method, target); }

  // Makes every route's plan; called by whoever starts serving. Throws std::logic_error with the problems.
  void prepare();
  // The same, but a route that lacks something stays without a plan: for tests that do not call it.
  void prepare_what_can_run();

  std::size_t body_limit(Method method, std::string_view target) const override;
  Answer answer(Request request) override;
  Response refuse(const Error& error, const Request& head) const override;
  ServerCounts* server_counts() noexcept override;

 private:
  template <Name pattern, class F>
  RouteOptions route(Method method, F handler) {
    if constexpr (handler_is_well_formed<pattern, F>()) {
      Route route;
      route.method = method;
      route.pattern = kept<pattern>;
      route.endpoint = std::make_unique<EndpointOf<F>>(std::move(handler));
      return add(std::move(route));
    } else {
      std::unreachable();  // the checks have ended the compilation
    }
  }

  template <Name pattern>
  static constexpr std::string_view kept =
      pattern.text();  // the template parameter object lives as long as the program

  RouteOptions add(Route route);
  Task<Response> answer_later(const Route& route, std::shared_ptr<Exchange> exchange,
                              ResolutionPlan::Progress progress) const;
  Task<Result<Response>> perform(const Route& route, Exchange& exchange, ResolutionPlan::Progress progress) const;
  Response answered(Result<Response> outcome, Exchange& exchange) const;
  Response rendered(const Error& error, const Request& request) const;
  RequestCounts* counts_for(const Route* route, Method method) const noexcept;
  Response failed(const Error& error, Exchange& exchange) const;

  std::shared_ptr<Metrics> metrics_;
  std::shared_ptr<HttpMetrics> http_metrics_;
  Router router_;
  Provisions provisions_;
  Introduction introduction_;
  std::optional<Catalogue> catalogue_;
  std::function<void(const RequestContext&, const Error&)> on_failure_;
};

}  // namespace cardea::web
