// What a function returns that can fail in an expected way: the value or an Error.
#pragma once

#include <cardea/core/base/error.hpp>
#include <expected>

namespace cardea {

template <class T>
using Result = std::expected<T, Error>;

using Done = Result<void>;

// `return failure(ErrorCode::token_expired);` in a function that returns any Result.
template <class... Texts>
[[nodiscard]] std::unexpected<Error> failure(ErrorCode code, Texts&&... texts) {
  return std::unexpected<Error>(Error{code, std::forward<Texts>(texts)...});
}
[[nodiscard]] inline std::unexpected<Error> failure(Error error) { return std::unexpected<Error>(std::move(error)); }

}  // namespace cardea
