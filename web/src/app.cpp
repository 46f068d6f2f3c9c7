#include <spdlog/spdlog.h>

#include <algorithm>
#include <cardea/core/metrics/process_metrics.hpp>
#include <cardea/web/app.hpp>
#include <cardea/web/errors/error_response.hpp>
#include <cardea/web/errors/status_of.hpp>
#include <cardea/web/metrics/http_metrics.hpp>
#include <cardea/web/metrics/pool_metrics.hpp>
#include <cardea/web/run/blocking_pool.hpp>
#include <iterator>
#include <stdexcept>

#include "extract/recycling_allocator.hpp"
#include "openapi/describe_route.hpp"

namespace cardea::web {
namespace {

std::string trace_in_words(const RequestContext& context) {
  if (!context.trace) return {};
  return " of trace " + std::string(context.trace->trace_id()) + '-' + std::string(context.trace->parent_id());
}

void log_failure(const RequestContext& context, const Error& error) {
  spdlog::error("request {}{} {} {}: {}: {}", context.origin.request_id, trace_in_words(context),
                name_of(context.method), context.path, name_of(error.code()), error.private_text());
}

// Within a catch clause.
Error what_was_thrown() {
  std::string what;
  try {
    throw;
  } catch (const std::exception& exception) {
    what = exception.what();
  } catch (...) {
    what = "something that is no std::exception";
  }
  return Error{ErrorCode::internal_error, PrivateText{"a handler threw: " + what}};
}

std::string undeclared(const Route& route, std::string_view kind, std::string_view name) {
  return "cardea: " + std::string(name_of(route.method)) + ' ' + std::string(route.pattern) + " requires the " +
         std::string(kind) + ' ' + std::string(name) + ", which the application's catalogue does not declare";
}

std::vector<std::string> undeclared_names(const Route& route, const Catalogue& catalogue) {
  SchemaRegistry schemas;
  const auto operation = describe_route(route, schemas);
  std::vector<std::string> found;
  for (const auto name : operation.roles) {
    if (!catalogue.has_role(name)) found.push_back(undeclared(route, "role", name));
  }
  auto alternatives = operation.permissions;
  if (!operation.instead_of_owning.empty()) alternatives.push_back({operation.instead_of_owning});
  for (const auto& names : alternatives) {
    for (const auto name : names) {
      if (!catalogue.has_permission(name)) found.push_back(undeclared(route, "permission", name));
    }
  }
  return found;
}

}  // namespace

App::App()
    : metrics_(std::make_shared<Metrics>()), http_metrics_(std::make_shared<HttpMetrics>()), on_failure_(log_failure) {
  provide(metrics_);
  HttpMetrics::show(http_metrics_, *metrics_);
  add_process_metrics(*metrics_);
  metrics_->gauge<"cardea_build_info">("Always 1; the version of Cardea is a label", [] { return 1.0; },
                                       {label<"version">(CARDEA_VERSION)});
}

RouteOptions App::add(Route route) {
  auto& added = router_.add(std::move(route));
  added.counts = &http_metrics_->add(added.pattern, added.method);
  if (added.method == Method::get) added.counts_of_head = &http_metrics_->add(added.pattern, Method::head);
  return RouteOptions{added};
}

ServerCounts* App::server_counts() noexcept { return &http_metrics_->server(); }

RequestCounts* App::counts_for(const Route* route, Method method) const noexcept {
  if (route == nullptr) return &http_metrics_->unmatched(method);
  return method == route->method ? route->counts : route->counts_of_head;
}

std::vector<std::string> App::problems_of(const Route& route) const {
  std::vector<std::string> found;
  for (const auto& name : ResolutionPlan{route.endpoint->parameters(), provisions_}.missing(provisions_)) {
    found.push_back("cardea: " + std::string(name_of(route.method)) + ' ' + std::string(route.pattern) + " needs " +
                    name + ", which the application does not provide: call app.provide(…) first");
  }
  if (catalogue_) std::ranges::move(undeclared_names(route, *catalogue_), std::back_inserter(found));
  return found;
}

std::vector<std::string> App::problems() const {
  std::vector<std::string> all;
  for (const auto& route : router_.routes()) std::ranges::move(problems_of(*route), std::back_inserter(all));
  return all;
}

void App::prepare() {
  if (const auto found = problems(); !found.empty()) throw std::logic_error(found.front());
  prepare_what_can_run();
}

void App::prepare_what_can_run() {
  if (!provisions_.provides(type_key<BlockingPool>())) {
    const auto pool = std::make_shared<BlockingPool>();
    provide(pool);
    add_pool_metrics(*metrics_, "blocking", pool);
  }
  for (const auto& route : router_.routes()) {
    route->plan.reset();
    if (problems_of(*route).empty()) route->plan.emplace(route->endpoint->parameters(), provisions_);
  }
}

std::size_t App::body_limit(Method method, std::string_view target) const {
  const auto match = router_.find(method, target);
  return match ? match->route->body_limit : kDefaultBodyLimit;
}

Response App::rendered(const Error& error, const Request& request) const {
  auto rendering = rendering_for(request);
  if (router_.has_oauth_errors(request.target)) rendering.shape = ErrorShape::oauth;
  return error_response(error, rendering);
}

Response App::refuse(const Error& error, const Request& head) const {
  auto response = rendered(error, head);
  const auto match = router_.find(head.method, head.target);
  response.counts = counts_for(match ? match->route : nullptr, head.method);
  return response;
}

Response App::failed(const Error& error, Exchange& exchange) const {
  if (status_of(error.code()) >= 500 && on_failure_) on_failure_(exchange.context(), error);
  auto response = rendered(error, exchange.request());
  response.counts = exchange.counts();
  return response;
}

Response App::answered(Result<Response> outcome, Exchange& exchange) const {
  if (!outcome) return failed(outcome.error(), exchange);
  outcome->counts = exchange.counts();
  return *std::move(outcome);
}

// Nothing is waited for where everything is known and the handler is a function: no coroutine is made for it.
Answer App::answer(Request request) {
  auto match = router_.find(request.method, request.target);
  const auto exchange = std::allocate_shared<Exchange>(RecyclingAllocator<Exchange>{}, std::move(request), provisions_);
  exchange->count_at(counts_for(match ? match->route : nullptr, exchange->request().method));
  if (!match) return failed(match.error(), *exchange);
  exchange->set_path_values(std::move(match->path_values));
  const auto& route = *match->route;
  try {
    const auto progress = route.plan->run_now(*exchange);
    if (progress.resolution == Resolution::refused) return failed(*exchange->refusal(), *exchange);
    const bool waits = progress.resolution == Resolution::waiting || route.blocking || route.endpoint->is_coroutine();
    if (waits) return answer_later(route, exchange, progress);
    return answered(route.endpoint->call_now(*exchange), *exchange);
  } catch (...) {
    return failed(what_was_thrown(), *exchange);
  }
}

Task<Response> App::answer_later(const Route& route, std::shared_ptr<Exchange> exchange,
                                 ResolutionPlan::Progress progress) const {
  std::optional<Error> thrown;
  try {
    auto outcome = co_await perform(route, *exchange, progress);
    co_return answered(std::move(outcome), *exchange);
  } catch (...) {
    thrown = what_was_thrown();
  }
  co_return failed(*thrown, *exchange);
}

Task<Result<Response>> App::perform(const Route& route, Exchange& exchange, ResolutionPlan::Progress progress) const {
  bool resolved = progress.resolution == Resolution::resolved;
  if (!resolved) resolved = co_await route.plan->run_from(progress.step, exchange);
  if (!resolved) co_return failure(*exchange.refusal());
  if (route.endpoint->is_coroutine()) co_return co_await route.endpoint->call_later(exchange);
  if (!route.blocking) co_return route.endpoint->call_now(exchange);
  auto handler = [shared = exchange.shared_from_this(), &route] { return route.endpoint->call_now(*shared); };
  co_return co_await provisions_.find<BlockingPool>()->run(std::move(handler));
}

}  // namespace cardea::web
