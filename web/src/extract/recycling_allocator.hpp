// Memory for single objects of one type; the last that was given back on a thread is the next one there.
#pragma once

#include <cstddef>
#include <memory>
#include <utility>

#include "http/spare.hpp"

namespace cardea::web {

template <class T>
class RecyclingAllocator {
 public:
  using value_type = T;

  RecyclingAllocator() = default;
  template <class Other>
  RecyclingAllocator(const RecyclingAllocator<Other>&) noexcept {}  // implicit, as allocators are

  T* allocate(std::size_t count) {
    if (count != 1) return std::allocator<T>{}.allocate(count);
    auto block = Spare<std::unique_ptr<Block>>::take();
    if (!block) block = std::make_unique_for_overwrite<Block>();
    return reinterpret_cast<T*>(block.release());
  }

  void deallocate(T* memory, std::size_t count) noexcept {
    if (count != 1) return std::allocator<T>{}.deallocate(memory, count);
    std::unique_ptr<Block> block{reinterpret_cast<Block*>(memory)};
#ifndef __SANITIZE_ADDRESS__  // which could not tell a late use from one of the next object
    Spare<std::unique_ptr<Block>>::give(std::move(block));
#endif
  }

  template <class Other>
  friend bool operator==(const RecyclingAllocator&, const RecyclingAllocator<Other>&) noexcept {
    return true;
  }

 private:
  struct Block {
    alignas(T) std::byte bytes[sizeof(T)];
  };
};

}  // namespace cardea::web
