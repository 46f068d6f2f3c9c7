// How a handler's parameter type is turned into a value: by its static `resolve`, whose parameters are dependencies in
// turn. `resolve` returns T, Result<T>, Task<T> or Task<Result<T>>; each type is resolved once per request.
//
// A type may also say
//   static constexpr bool blocking = true;      its resolve may block: it runs on the blocking pool
//   static std::optional<Result<T>> resolve_now(...);
//       the same answer as a resolve that returns a task, if it can be had without waiting; empty: resolve is called
//   static void describe(Operation&);           what it adds to the API's description
#pragma once

#include <cardea/core/base/result.hpp>
#include <cardea/web/extract/exchange.hpp>
#include <cardea/web/http/service.hpp>
#include <cardea/web/routing/signature.hpp>
#include <concepts>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <type_traits>

namespace cardea::web {

struct Operation;

// True for the types that say who may call a route. A user's own type counts when a dependency of its resolve does.
template <class T>
inline constexpr bool names_a_principal = false;

// True for the types to which an API key may speak for a principal, and for those to which it may not: no route takes
// both kinds.
template <class T>
inline constexpr bool accepts_api_keys = false;
template <class T>
inline constexpr bool refuses_api_keys = false;

// How far a dependency has come: its value is there, the exchange has a refusal, or only waiting can tell.
enum class Resolution : unsigned char { resolved, refused, waiting };

// What is known of a dependency while the program runs; one constant per type.
struct Dependency {
  TypeKey key;
  std::string_view name;                   // for error messages to the programmer
  Resolution (*resolve_now)(Exchange&);    // never waits
  Task<bool> (*resolve_later)(Exchange&);  // once resolve_now has said `waiting`; null if it never does
  std::span<const Dependency* const> needs;
  void (*describe)(Operation&);  // null if it adds nothing
  TypeKey provided;              // what the application must provide; null if nothing
};

namespace dependency_detail {

template <class T>
inline constexpr bool is_result = false;
template <class T>
inline constexpr bool is_result<Result<T>> = true;

template <class T>
struct TaskValue {
  static constexpr bool is_task = false;
  using type = T;
};
template <class T>
struct TaskValue<Task<T>> {
  static constexpr bool is_task = true;
  using type = T;
};

template <class T>
using ResolveSignature = Signature<decltype(&T::resolve)>;

template <class T>
inline constexpr bool is_blocking = [] {
  if constexpr (requires { T::blocking; }) return T::blocking;
  return false;
}();

template <class T>
inline constexpr TypeKey provided_by_application = [] {
  if constexpr (requires { typename T::MustBeProvided; }) return type_key<typename T::MustBeProvided>();
  return TypeKey{};
}();

// "cardea::web::Use<Posts>" out of the compiler's own spelling.
template <class T>
constexpr std::string_view type_name() noexcept {
  constexpr std::string_view spelled = __PRETTY_FUNCTION__;
  constexpr auto begin = spelled.find("T = ") + 4;
  constexpr auto end = spelled.find_first_of(";]", begin);
  return spelled.substr(begin, end - begin);
}

}  // namespace dependency_detail

// A type that a handler may take by value or const reference.
template <class T>
concept Extractable = std::same_as<T, Exchange> || std::same_as<T, RequestContext> || std::same_as<T, Request> ||
                      requires { requires dependency_detail::ResolveSignature<T>::known; };

template <Extractable T>
const Dependency& dependency_of() noexcept;

namespace dependency_detail {

template <class T>
concept PartOfTheExchange = std::same_as<T, Exchange> || std::same_as<T, RequestContext> || std::same_as<T, Request>;

// The value of an already resolved parameter.
template <class T>
decltype(auto) value_of(Exchange& exchange) {
  if constexpr (std::same_as<T, Exchange>)
    return (exchange);
  else if constexpr (std::same_as<T, RequestContext>)
    return exchange.context();
  else if constexpr (std::same_as<T, Request>)
    return exchange.request();
  else
    return static_cast<const T&>(*exchange.values().find<T>());
}

template <class T, class... P>
auto call_resolve(Exchange& exchange, std::tuple<P...>*) {
  return T::resolve(value_of<P>(exchange)...);
}
template <class T>
auto call_resolve(Exchange& exchange) {
  return call_resolve<T>(exchange, static_cast<typename ResolveSignature<T>::Parameters*>(nullptr));
}

template <class T, class Outcome>
bool keep(Exchange& exchange, Outcome&& outcome) {
  if constexpr (is_result<Outcome>) {
    static_assert(std::same_as<Outcome, Result<T>>,
                  "cardea: T::resolve returns T, Result<T>, Task<T> or Task<Result<T>>");
    if (!outcome) return exchange.refuse(std::forward<Outcome>(outcome).error());
    exchange.values().put(*std::forward<Outcome>(outcome));
  } else {
    static_assert(std::same_as<Outcome, T>, "cardea: T::resolve returns T, Result<T>, Task<T> or Task<Result<T>>");
    exchange.values().put(std::forward<Outcome>(outcome));
  }
  return true;
}

constexpr Resolution resolution(bool resolved) noexcept {
  return resolved ? Resolution::resolved : Resolution::refused;
}

template <class T>
bool resolve(Exchange& exchange) {
  return keep<T>(exchange, call_resolve<T>(exchange));
}
template <class T>
Resolution resolve_now(Exchange& exchange) {
  return resolution(resolve<T>(exchange));
}

template <class T>
concept MayKnowNow = requires { &T::resolve_now; };

// What T says without waiting, if it has something to say.
template <class T>
Resolution ask_now(Exchange& exchange) {
  if constexpr (MayKnowNow<T>) {
    static_assert(std::same_as<typename SignatureOf<&T::resolve_now>::Declared, typename ResolveSignature<T>::Declared>,
                  "cardea: T::resolve_now takes what T::resolve takes");
    auto known = [&]<class... P>(std::tuple<P...>*) {
      return T::resolve_now(value_of<P>(exchange)...);
    }(static_cast<typename ResolveSignature<T>::Parameters*>(nullptr));
    static_assert(std::same_as<decltype(known), std::optional<Result<T>>>,
                  "cardea: T::resolve_now returns std::optional<Result<T>>");
    if (known) return resolution(keep<T>(exchange, *std::move(known)));
  }
  return Resolution::waiting;
}

// GCC 12 takes the frame of a coroutine over a type in an unnamed namespace for a type of this header.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsubobject-linkage"
#endif
template <class T>
Task<bool> resolve_later(Exchange& exchange) {
  auto task = call_resolve<T>(exchange);
  auto outcome = co_await std::move(task);
  co_return keep<T>(exchange, std::move(outcome));
}
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

// Runs `job` on the application's blocking pool; false and a refusal if the pool is full.
Task<bool> run_blocking(Exchange& exchange, bool (*job)(Exchange&));

template <class T>
Task<bool> resolve_on_the_pool(Exchange& exchange) {
  return run_blocking(exchange, &resolve<T>);
}

template <class... P>
std::span<const Dependency* const> needs(std::tuple<P...>*) noexcept {
  static const Dependency* const list[] = {&dependency_of<P>()..., nullptr};
  return {list, sizeof...(P)};
}

inline Resolution nothing_to_resolve(Exchange&) { return Resolution::resolved; }

template <class T>
Dependency make() noexcept {
  Dependency made{type_key<T>(), type_name<T>(), nullptr, nullptr, {}, nullptr, provided_by_application<T>};
  if constexpr (PartOfTheExchange<T>) {
    made.resolve_now = &nothing_to_resolve;
  } else {
    using Resolve = ResolveSignature<T>;
    made.needs = needs(static_cast<typename Resolve::Parameters*>(nullptr));
    constexpr bool is_task = TaskValue<typename Resolve::Returns>::is_task;
    if constexpr (is_task)
      made.resolve_later = &resolve_later<T>;
    else if constexpr (is_blocking<T>)
      made.resolve_later = &resolve_on_the_pool<T>;
    if constexpr (is_task || is_blocking<T>)
      made.resolve_now = &ask_now<T>;
    else
      made.resolve_now = &resolve_now<T>;
    if constexpr (requires(Operation& operation) { T::describe(operation); }) made.describe = &T::describe;
  }
  return made;
}

}  // namespace dependency_detail

template <Extractable T>
const Dependency& dependency_of() noexcept {
  static const Dependency dependency = dependency_detail::make<T>();
  return dependency;
}

namespace dependency_detail {

// Is there, among this type and those that it is built on, one of which Trait::of says so?
template <class Trait, class T>
consteval bool any_needed() {
  if constexpr (Trait::template of<T>)
    return true;
  else if constexpr (requires { requires ResolveSignature<T>::known; }) {
    return []<class... P>(std::tuple<P...>*) {
      return (any_needed<Trait, P>() || ...);
    }(static_cast<typename ResolveSignature<T>::Parameters*>(nullptr));
  } else
    return false;
}

struct NamesAPrincipal {
  template <class T>
  static constexpr bool of = names_a_principal<T>;
};
struct AcceptsApiKeys {
  template <class T>
  static constexpr bool of = accepts_api_keys<T>;
};
struct RefusesApiKeys {
  template <class T>
  static constexpr bool of = refuses_api_keys<T>;
};

}  // namespace dependency_detail

// Does a parameter of this type, or one it is built on, say who may call the route?
template <class T>
consteval bool decides() {
  return dependency_detail::any_needed<dependency_detail::NamesAPrincipal, T>();
}

// Does it let API keys in, and does it keep them out?
template <class T>
consteval bool lets_api_keys_in() {
  return dependency_detail::any_needed<dependency_detail::AcceptsApiKeys, T>();
}
template <class T>
consteval bool keeps_api_keys_out() {
  return dependency_detail::any_needed<dependency_detail::RefusesApiKeys, T>();
}

}  // namespace cardea::web
