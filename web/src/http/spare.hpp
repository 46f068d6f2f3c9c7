// One value of a type that is over and may serve the present thread again: its memory, not what it holds.
#pragma once

#include <utility>

namespace cardea::web {

// Usable until the very end of a thread, but keeps nothing any more when its thread-local values go.
template <class T>
class Spare {
 public:
  // What was given last, in whatever state it was, or else a new one.
  static T take() { return is_over ? T{} : T{std::move(here())}; }

  static void give(T&& value) noexcept {
    if (!is_over) here() = std::move(value);
  }

 private:
  struct Kept {
    T value{};
    ~Kept() { is_over = true; }
  };
  static T& here() {
    thread_local Kept kept;
    return kept.value;
  }
  static inline constinit thread_local bool is_over = false;
};

}  // namespace cardea::web
