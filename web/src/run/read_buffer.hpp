// The bytes that a connection has received and not yet used up. Views into it live until the next reserve().
#pragma once

#include <cstddef>
#include <memory>
#include <span>
#include <string_view>

namespace cardea::web {

class ReadBuffer {
 public:
  std::string_view unread() const noexcept { return {bytes_.get() + begin_, end_ - begin_}; }

  // Makes room behind the unread bytes, so that they can grow to `size` in all.
  void reserve(std::size_t size);

  std::span<char> room() noexcept { return {bytes_.get() + end_, capacity_ - end_}; }
  void received(std::size_t count) noexcept { end_ += count; }

  // Gives memory back if nothing is unread and there is more of it than `size`.
  void shrink(std::size_t size) noexcept;

  // Drops the first `count` unread bytes.
  void consume(std::size_t count) noexcept;
  // Drops `count` bytes behind the first `offset` unread ones, which stay where they are.
  void erase(std::size_t offset, std::size_t count) noexcept;

 private:
  std::unique_ptr<char[]> bytes_;
  std::size_t capacity_ = 0;
  std::size_t begin_ = 0;
  std::size_t end_ = 0;
};

}  // namespace cardea::web
