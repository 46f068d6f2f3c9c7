// What an application provides to its handlers by type, and what a test puts in a dependency's place.
#pragma once

#include <cardea/web/extract/type_key.hpp>
#include <functional>
#include <memory>
#include <unordered_map>
#include <utility>

namespace cardea::web {

class Exchange;

class Provisions {
 public:
  // A type that names the interface it implements, T::Interface, is provided as that, too.
  template <class T>
  void provide(std::shared_ptr<T> value) {
    if constexpr (requires { typename T::Interface; }) provide<typename T::Interface>(value);
    provided_.insert_or_assign(type_key<T>(), std::move(value));
  }

  // Null if nobody provided one.
  template <class T>
  T* find() const noexcept {
    return static_cast<T*>(find(type_key<T>()));
  }
  bool provides(TypeKey key) const noexcept { return find(key) != nullptr; }

  // Stands in for resolving T: puts a value into the exchange, or refuses.
  using Replacement = std::function<bool(Exchange&)>;
  void replace(TypeKey dependency, Replacement by) { replaced_.insert_or_assign(dependency, std::move(by)); }
  void restore(TypeKey dependency) { replaced_.erase(dependency); }
  const Replacement* replacement_of(TypeKey dependency) const noexcept {
    const auto found = replaced_.find(dependency);
    return found == replaced_.end() ? nullptr : &found->second;
  }

 private:
  void* find(TypeKey key) const noexcept {
    const auto found = provided_.find(key);
    return found == provided_.end() ? nullptr : found->second.get();
  }

  std::unordered_map<TypeKey, std::shared_ptr<void>> provided_;
  std::unordered_map<TypeKey, Replacement> replaced_;
};

}  // namespace cardea::web
