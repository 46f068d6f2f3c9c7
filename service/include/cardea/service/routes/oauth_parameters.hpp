// The parameters of a request to an OAuth 2 endpoint: of a urlencoded body alone, each at most once (RFC 6749
// section 3.2).
#pragma once

#include <cardea/core/base/result.hpp>
#include <cardea/web/extract/body.hpp>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cardea::service {

class OAuthParameters {
 public:
  // Errors: unsupported_media_type; invalid_request for a broken body and for a parameter that is repeated.
  static Result<OAuthParameters> resolve(const web::Request& request);

  // Empty also for one that was sent without a value (RFC 6749 section 3.1).
  std::optional<std::string> find(std::string_view name) const;

 private:
  explicit OAuthParameters(std::vector<web::FormField> fields) : fields_(std::move(fields)) {}
  std::vector<web::FormField> fields_;
};

namespace oauth_detail {

Error missing(std::string_view name);

inline bool read(std::optional<std::string> found, std::string& value) {
  if (!found) return false;
  value = *std::move(found);
  return true;
}
inline bool read(std::optional<std::string> found, std::optional<std::string>& value) {
  value = std::move(found);
  return true;
}

}  // namespace oauth_detail

// The parameters that a described struct names; its members are text, required or optional.
// Error: invalid_request for one that is missing.
template <class T>
struct OAuthForm {
  T value{};

  const T* operator->() const noexcept { return &value; }

  static Result<OAuthForm> resolve(const OAuthParameters& parameters) {
    OAuthForm form;
    std::optional<Error> refusal;
    boost::mp11::mp_for_each<web::json_detail::Members<T>>([&](auto member) {
      const bool is_there = oauth_detail::read(parameters.find(member.name), form.value.*member.pointer);
      if (!is_there && !refusal) refusal = oauth_detail::missing(member.name);
    });
    if (refusal) return failure(*std::move(refusal));
    return form;
  }
  static void describe(web::Operation& operation) {
    operation.bodies.push_back({{web::body_detail::kUrlencoded}, web::json_schema<T>(operation.schemas)});
    operation.refusals.insert({400, 413, 415});
  }
};

}  // namespace cardea::service
