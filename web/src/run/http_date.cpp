#include "run/http_date.hpp"

#include <array>
#include <cstdio>

namespace cardea::web {

HttpDateText http_date_of(std::time_t second) {
  static constexpr std::array kDays{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr std::array kMonths{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  std::tm utc{};
  ::gmtime_r(&second, &utc);
  std::array<char, 64> text{};
  const int length = std::snprintf(text.data(), text.size(), "%s, %02d %s %04d %02d:%02d:%02d GMT",
                                   kDays.at(static_cast<std::size_t>(utc.tm_wday)), utc.tm_mday,
                                   kMonths.at(static_cast<std::size_t>(utc.tm_mon)), utc.tm_year + 1900, utc.tm_hour,
                                   utc.tm_min, utc.tm_sec);
  return HttpDateText{{text.data(), static_cast<std::size_t>(length)}};
}

}  // namespace cardea::web
