// A type's identity as a comparable value, without RTTI.
#pragma once

namespace cardea::web {

using TypeKey = const void*;

namespace type_key_detail {
template <class T>
inline char tag = 0;  // not const: constants of equal value may share an address
}

template <class T>
constexpr TypeKey type_key() noexcept {
  return &type_key_detail::tag<T>;
}

}  // namespace cardea::web
