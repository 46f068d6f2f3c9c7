#include "run/read_buffer.hpp"

#include <algorithm>

namespace cardea::web {

void ReadBuffer::reserve(std::size_t size) {
  const std::size_t count = end_ - begin_;
  if (begin_ + size <= capacity_) return;
  if (size <= capacity_) {
    std::copy(bytes_.get() + begin_, bytes_.get() + end_, bytes_.get());
  } else {
    auto larger = std::make_unique_for_overwrite<char[]>(size);
    std::copy(bytes_.get() + begin_, bytes_.get() + end_, larger.get());
    bytes_ = std::move(larger);
    capacity_ = size;
  }
  begin_ = 0;
  end_ = count;
}

void ReadBuffer::shrink(std::size_t size) noexcept {
  if (begin_ == end_ && capacity_ > size) *this = {};
}

void ReadBuffer::consume(std::size_t count) noexcept {
  begin_ += count;
  if (begin_ == end_) begin_ = end_ = 0;
}

void ReadBuffer::erase(std::size_t offset, std::size_t count) noexcept {
  char* const hole = bytes_.get() + begin_ + offset;
  std::copy(hole + count, bytes_.get() + end_, hole);
  end_ -= count;
}

}  // namespace cardea::web
