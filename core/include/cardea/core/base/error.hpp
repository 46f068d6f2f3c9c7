// An expected failure, as a value: a closed code, a text for the client and a text for the log.
//
// The public and the private text are different types, so that the private one can never become part of an answer.
// What status a code has on HTTP is the web layer's knowledge (cardea/web/errors/status_of.hpp).
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cardea {

// Each code's stable snake_case name, default public text and meaning stand in error_codes.def; docs/errors.md is
// generated from it. Codes are only ever added.
enum class ErrorCode : std::uint8_t {
#define CARDEA_ERROR(name, text, meaning) name,
#include <cardea/core/base/error_codes.def>
#undef CARDEA_ERROR
};

std::string_view name_of(ErrorCode code) noexcept;
std::string_view default_text_of(ErrorCode code) noexcept;
std::string_view meaning_of(ErrorCode code) noexcept;
std::span<const ErrorCode> all_error_codes() noexcept;

// What the client may read.
struct PublicText {
  std::string value;
};

// What only the log may read. Never a secret: not a password, not a token.
struct PrivateText {
  std::string value;
};

// One member of a request that did not hold. `where` is a JSON pointer that starts with the part of the request
// (/body/email, /query/limit, /path/id, /header/x-tenant); `reason` never repeats the value that was sent.
struct FieldError {
  std::string where;
  std::string reason;
  friend bool operator==(const FieldError&, const FieldError&) = default;
};

// What some codes say beyond their text; empty for most.
struct ErrorDetails {
  std::vector<FieldError> fields;       // validation_failed
  std::chrono::seconds retry_after{0};  // too_many_requests, too_many_attempts, service_unavailable
  std::string scope;                    // permission_required: the permission (RFC 6750 section 3)
  std::vector<std::string> allow;       // method_not_allowed: the methods that would be (RFC 9110 section 15.5.6)
  std::optional<std::int64_t> version;  // precondition_failed: the version that there is
};

class [[nodiscard]] Error {
 public:
  // The code's default public text.
  explicit Error(ErrorCode code) : code_(code) {}
  Error(ErrorCode code, PrivateText for_log) : code_(code), private_(std::move(for_log.value)) {}
  Error(ErrorCode code, PublicText for_client, PrivateText for_log = {})
      : code_(code), public_(std::move(for_client.value)), private_(std::move(for_log.value)) {}

  ErrorCode code() const noexcept { return code_; }
  std::string_view public_text() const noexcept {
    return public_.empty() ? default_text_of(code_) : std::string_view{public_};
  }
  std::string_view private_text() const noexcept { return private_; }
  const ErrorDetails& details() const noexcept;

  Error with_fields(std::vector<FieldError> fields) &&;
  Error with_retry_after(std::chrono::seconds delay) &&;
  Error with_scope(std::string permission) &&;
  Error with_allow(std::vector<std::string> methods) &&;
  Error with_version(std::int64_t version) &&;

 private:
  ErrorDetails& own_details();

  ErrorCode code_;
  std::string public_;
  std::string private_;
  std::shared_ptr<ErrorDetails> details_;  // most errors have none; a copy shares, a with_…() makes its own
};

}  // namespace cardea
