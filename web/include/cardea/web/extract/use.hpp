// Something that the application provides: app.provide(std::make_shared<Posts>()), then Use<Posts> in a handler.
#pragma once

#include <cardea/web/extract/exchange.hpp>

namespace cardea::web {

// Never null: an application that does not provide a T does not start.
template <class T>
class Use {
 public:
  using MustBeProvided = T;

  explicit Use(T& value) : value_(&value) {}
  T& operator*() const noexcept { return *value_; }
  T* operator->() const noexcept { return value_; }

  static Use resolve(Exchange& exchange) { return Use{*exchange.provisions().find<T>()}; }

 private:
  T* value_;
};

// The same for what an application may do without; false if it does.
template <class T>
class UseIfProvided {
 public:
  explicit UseIfProvided(T* value) : value_(value) {}
  explicit operator bool() const noexcept { return value_ != nullptr; }
  T* operator->() const noexcept { return value_; }

  static UseIfProvided resolve(Exchange& exchange) { return UseIfProvided{exchange.provisions().find<T>()}; }

 private:
  T* value_;
};

}  // namespace cardea::web
