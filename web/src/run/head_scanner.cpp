#include "run/head_scanner.hpp"

#include "run/ascii.hpp"

namespace cardea::web {

Result<std::optional<std::size_t>> HeadScanner::scan(std::string_view bytes) {
  if (!bytes.empty() && !is_token_character(bytes.front()) && bytes.front() != '\r')
    return failure(ErrorCode::invalid_request, PrivateText{"the bytes do not begin an HTTP request"});
  for (;;) {
    const auto line_feed = bytes.find('\n', searched_);
    if (line_feed == std::string_view::npos) break;
    searched_ = line_feed + 1;
    if (line_feed == line_start_ || bytes[line_feed - 1] != '\r')
      return failure(ErrorCode::invalid_request, PrivateText{"a line ends with LF alone"});
    const bool empty = line_feed - line_start_ == 1;
    line_start_ = searched_;
    if (empty) return searched_;
  }
  searched_ = bytes.size();
  return std::nullopt;
}

}  // namespace cardea::web
