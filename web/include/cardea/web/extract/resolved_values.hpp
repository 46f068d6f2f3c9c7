// The values that have been resolved for one request: each type at most once, few, destroyed in reverse order.
#pragma once

#include <array>
#include <cardea/web/extract/type_key.hpp>
#include <cstddef>
#include <memory_resource>
#include <ranges>
#include <type_traits>
#include <utility>
#include <vector>

namespace cardea::web {

class ResolvedValues {
 public:
  ResolvedValues() { entries_.reserve(kExpected); }
  ResolvedValues(const ResolvedValues&) = delete;
  ResolvedValues& operator=(const ResolvedValues&) = delete;
  ~ResolvedValues() { clear(); }

  void clear() noexcept {
    for (const auto& entry : std::views::reverse(entries_)) entry.destroy(entry.value);
    entries_.clear();
  }

  template <class T>
    requires(!std::is_reference_v<T>)
  T& put(T&& value) {
    T* stored = std::pmr::polymorphic_allocator<>{&memory_}.new_object<T>(std::forward<T>(value));
    entries_.push_back({type_key<T>(), stored, [](void* gone) noexcept { static_cast<T*>(gone)->~T(); }});
    return *stored;
  }

  // Null if T has not been resolved.
  template <class T>
  T* find() const noexcept {
    for (const auto& entry : entries_) {
      if (entry.key == type_key<T>()) return static_cast<T*>(entry.value);
    }
    return nullptr;
  }

 private:
  static constexpr std::size_t kExpected = 8;

  struct Entry {
    TypeKey key;
    void* value;
    void (*destroy)(void*) noexcept;
  };
  std::array<std::byte, 1024> first_;
  std::pmr::monotonic_buffer_resource memory_{first_.data(), first_.size()};
  std::pmr::vector<Entry> entries_{&memory_};
};

}  // namespace cardea::web
