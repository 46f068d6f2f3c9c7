// The parameter and return types of a function, a function pointer or a lambda whose types are written out.
#pragma once

#include <tuple>
#include <type_traits>

namespace cardea::web {

template <class F>
struct Signature {
  static constexpr bool known = false;
};

template <class R, class... P>
struct Signature<R (*)(P...)> {
  static constexpr bool known = true;
  using Returns = R;
  using Declared = std::tuple<P...>;  // as written, references included
  using Parameters = std::tuple<std::remove_cvref_t<P>...>;
};
template <class R, class... P>
struct Signature<R (*)(P...) noexcept> : Signature<R (*)(P...)> {};
template <class C, class R, class... P>
struct Signature<R (C::*)(P...) const> : Signature<R (*)(P...)> {};
template <class C, class R, class... P>
struct Signature<R (C::*)(P...) const noexcept> : Signature<R (*)(P...)> {};
template <class C, class R, class... P>
struct Signature<R (C::*)(P...)> : Signature<R (*)(P...)> {};

template <class F>
  requires requires { &F::operator(); }
struct Signature<F> : Signature<decltype(&F::operator())> {};

template <auto function>
using SignatureOf = Signature<decltype(function)>;

}  // namespace cardea::web
