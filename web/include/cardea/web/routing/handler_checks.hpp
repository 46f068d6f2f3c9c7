// What the compiler says about a handler that cannot be right: our sentence, first and alone.
#pragma once

#include <cardea/web/extract/dependency.hpp>
#include <cardea/web/extract/path.hpp>
#include <cardea/web/routing/name.hpp>
#include <cardea/web/routing/pattern.hpp>
#include <cardea/web/routing/responder.hpp>
#include <cardea/web/routing/signature.hpp>
#include <tuple>
#include <type_traits>

namespace cardea::web {

namespace handler_detail {

template <class P>
consteval bool extractable() {
  return Extractable<P>;
}

// Every dependency of a dependency too, all the way down.
template <class P>
consteval bool all_extractable() {
  if constexpr (!Extractable<P>)
    return false;
  else if constexpr (dependency_detail::PartOfTheExchange<P>)
    return true;
  else {
    return []<class... Q>(std::tuple<Q...>*) {
      return (all_extractable<Q>() && ...);
    }(static_cast<typename dependency_detail::ResolveSignature<P>::Parameters*>(nullptr));
  }
}

template <Name pattern>
struct ReadsAnotherPath {
  template <class P>
  static constexpr bool of =
      !path_parameter_of<P>.empty() && !pattern_has_parameter(pattern.text(), path_parameter_of<P>);
};

// Those of its dependencies, too.
template <Name pattern, class P>
consteval bool path_parameter_is_in_the_pattern() {
  return !dependency_detail::any_needed<ReadsAnotherPath<pattern>, P>();
}

template <class Outcome>
consteval bool respondable() {
  if constexpr (std::is_void_v<Outcome>)
    return true;
  else if constexpr (dependency_detail::is_result<Outcome>) {
    if constexpr (std::is_void_v<typename Outcome::value_type>)
      return true;
    else
      return respondable<typename Outcome::value_type>();
  } else
    return Respondable<Outcome>;
}

// A parameter that is taken by reference must be const: values are shared between dependencies.
template <class P>
consteval bool shared_politely() {
  return !std::is_reference_v<P> || std::is_const_v<std::remove_reference_t<P>> ||
         std::is_same_v<std::remove_cvref_t<P>, Exchange>;
}

}  // namespace handler_detail

template <Name pattern, class F>
consteval bool handler_is_well_formed() {
  constexpr bool pattern_is_valid = is_pattern(pattern.text());
  static_assert(pattern_is_valid,
                "cardea: this is no route pattern: write \"/posts/{id}\", with a leading slash, no trailing slash, no "
                "empty part, and each {name} once");
  constexpr bool typed = Signature<F>::known;
  static_assert(
      typed,
      "cardea: a handler is a function or a lambda whose parameter types are written out (no auto, no overloads)");
  if constexpr (pattern_is_valid && typed) {
    using Sign = Signature<F>;
    return []<class... P, class... D>(std::tuple<P...>*, std::tuple<D...>*) {
      constexpr bool extractable = (handler_detail::all_extractable<P>() && ...);
      static_assert(extractable,
                    "cardea: this handler parameter cannot be extracted from a request (docs/extractors.md)");
      if constexpr (extractable) {
        constexpr bool decided = (decides<P>() || ...);
        static_assert(decided,
                      "cardea: this route says nothing about who may call it: take CurrentUser, RequireRole, "
                      "RequirePermission, OptionalUser, or Public");
        constexpr bool lets_in = (lets_api_keys_in<P>() || ...), keeps_out = (keeps_api_keys_out<P>() || ...);
        static_assert(!(lets_in && keeps_out),
                      "cardea: this route allows API keys by one parameter and refuses them by another: CurrentUser, "
                      "RequireRole and every principal without AllowingApiKeys refuse them");
        constexpr bool paths = (handler_detail::path_parameter_is_in_the_pattern<pattern, P>() && ...);
        static_assert(paths, "cardea: a Path<> parameter is not in the route's pattern");
        constexpr bool polite = (handler_detail::shared_politely<D>() && ...);
        static_assert(polite, "cardea: a handler takes its parameters by value or by const reference");
        constexpr bool answers = handler_detail::respondable<
            std::remove_cvref_t<typename dependency_detail::TaskValue<typename Sign::Returns>::type>>();
        static_assert(answers,
                      "cardea: this handler's result cannot become a response: describe the struct by "
                      "BOOST_DESCRIBE_STRUCT (docs/extractors.md)");
        return decided && !(lets_in && keeps_out) && paths && polite && answers;
      } else {
        return false;
      }
    }(static_cast<typename Sign::Parameters*>(nullptr), static_cast<typename Sign::Declared*>(nullptr));
  } else {
    return false;
  }
}

}  // namespace cardea::web
