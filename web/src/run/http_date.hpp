// The Date field's value, written once a second (RFC 9110 section 5.6.7). For one thread.
#pragma once

#include <cardea/core/base/short_text.hpp>
#include <ctime>
#include <string_view>

namespace cardea::web {

// "Sun, 06 Nov 1994 08:49:37 GMT"
using HttpDateText = ShortText<29>;
HttpDateText http_date_of(std::time_t second);

class HttpDate {
 public:
  // The view lives until the next call.
  std::string_view at(std::time_t second) {
    if (second != second_) {
      text_ = http_date_of(second);
      second_ = second;
    }
    return text_.view();
  }

 private:
  std::time_t second_ = -1;
  HttpDateText text_;
};

}  // namespace cardea::web
