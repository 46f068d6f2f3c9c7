#include <array>
#include <cardea/core/base/error.hpp>

namespace cardea {
namespace {

struct CodeRow {
  ErrorCode code;
  std::string_view name, text, meaning;
};

constexpr std::array kRows{
#define CARDEA_ERROR(name, text, meaning) CodeRow{ErrorCode::name, #name, text, meaning},
#include <cardea/core/base/error_codes.def>
#undef CARDEA_ERROR
};

constexpr auto kCodes = [] {
  std::array<ErrorCode, kRows.size()> codes{};
  for (std::size_t i = 0; i < codes.size(); ++i) codes[i] = kRows[i].code;
  return codes;
}();

const CodeRow& row_of(ErrorCode code) noexcept { return kRows[static_cast<std::size_t>(code)]; }

}  // namespace

std::string_view name_of(ErrorCode code) noexcept { return row_of(code).name; }
std::string_view default_text_of(ErrorCode code) noexcept { return row_of(code).text; }
std::string_view meaning_of(ErrorCode code) noexcept { return row_of(code).meaning; }
std::span<const ErrorCode> all_error_codes() noexcept { return kCodes; }

const ErrorDetails& Error::details() const noexcept {
  static const ErrorDetails none;
  return details_ ? *details_ : none;
}

ErrorDetails& Error::own_details() {
  details_ = details_ ? std::make_shared<ErrorDetails>(*details_) : std::make_shared<ErrorDetails>();
  return *details_;
}

Error Error::with_fields(std::vector<FieldError> fields) && {
  own_details().fields = std::move(fields);
  return std::move(*this);
}

Error Error::with_retry_after(std::chrono::seconds delay) && {
  own_details().retry_after = delay;
  return std::move(*this);
}

Error Error::with_scope(std::string permission) && {
  own_details().scope = std::move(permission);
  return std::move(*this);
}

Error Error::with_allow(std::vector<std::string> methods) && {
  own_details().allow = std::move(methods);
  return std::move(*this);
}

Error Error::with_version(std::int64_t version) && {
  own_details().version = version;
  return std::move(*this);
}

}  // namespace cardea
