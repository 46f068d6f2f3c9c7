// A handler with its types erased: called with an exchange in which everything it needs has been resolved.
#pragma once

#include <cardea/web/extract/dependency.hpp>
#include <cardea/web/routing/responder.hpp>
#include <cardea/web/routing/signature.hpp>
#include <concepts>
#include <span>
#include <tuple>
#include <type_traits>
#include <utility>

namespace cardea::web {

class Endpoint {
 public:
  virtual ~Endpoint() = default;

  // A coroutine is called with `call_later`, everything else with `call_now`.
  virtual bool is_coroutine() const noexcept = 0;
  virtual Result<Response> call_now(Exchange& exchange) const = 0;
  virtual Task<Result<Response>> call_later(Exchange& exchange) const = 0;

  virtual std::span<const Dependency* const> parameters() const noexcept = 0;
  virtual responder_detail::Success describe_success(SchemaRegistry& schemas) const = 0;
};

template <class F>
class EndpointOf final : public Endpoint {
  using Sign = Signature<F>;
  using Returned = dependency_detail::TaskValue<typename Sign::Returns>;
  using Outcome = std::conditional_t<std::is_void_v<typename Returned::type>, NoContent,
                                     std::remove_cvref_t<typename Returned::type>>;

 public:
  explicit EndpointOf(F handler) : handler_(std::move(handler)) {}

  bool is_coroutine() const noexcept override { return Returned::is_task; }
  std::span<const Dependency* const> parameters() const noexcept override {
    return dependency_detail::needs(static_cast<typename Sign::Parameters*>(nullptr));
  }
  responder_detail::Success describe_success(SchemaRegistry& schemas) const override {
    return Responder<Outcome>::describe(schemas);
  }

  Result<Response> call_now(Exchange& exchange) const override {
    if constexpr (Returned::is_task) {
      return failure(ErrorCode::internal_error, PrivateText{"a coroutine was called as a function"});
    } else if constexpr (std::is_void_v<typename Sign::Returns>) {
      call(exchange);
      return Response{204, {}, {}};
    } else {
      decltype(auto) outcome = call(exchange);
      return Responder<Outcome>::respond(outcome);
    }
  }

  Task<Result<Response>> call_later(Exchange& exchange) const override {
    if constexpr (!Returned::is_task) {
      co_return call_now(exchange);
    } else if constexpr (std::is_void_v<typename Returned::type>) {
      auto task = call(exchange);
      co_await std::move(task);
      co_return Response{204, {}, {}};
    } else {
      auto task = call(exchange);
      Outcome outcome = co_await std::move(task);
      co_return Responder<Outcome>::respond(outcome);
    }
  }

 private:
  // A parameter taken by value gets a copy: another dependency may hold the same value.
  decltype(auto) call(Exchange& exchange) const {
    return [&]<class... P>(std::tuple<P...>*) -> decltype(auto) {
      return handler_(dependency_detail::value_of<P>(exchange)...);
    }(static_cast<typename Sign::Parameters*>(nullptr));
  }

  F handler_;
};

}  // namespace cardea::web
