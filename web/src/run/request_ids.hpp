// Names for requests: 128 random bits as 32 hexadecimal digits, not guessable from those before. For one thread.
#pragma once

#include <array>
#include <cstddef>
#include <string>

namespace cardea::web {

class RequestIds {
 public:
  std::string next();
  void write_next(std::string& id);  // in the place of what it was

 private:
  std::array<unsigned char, 2048> random_{};
  std::size_t used_ = random_.size();
};

}  // namespace cardea::web
