// A request header: Header<"X-Tenant"> is required text; Header<"X-Tenant", std::optional<std::string>> may be absent,
// Header<"X-Limit", int> is read as a number. A header that is sent twice is refused.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cardea/web/extract/exchange.hpp>
#include <cardea/web/extract/query.hpp>
#include <cardea/web/extract/text_refusal.hpp>
#include <cardea/web/json/json_codec.hpp>
#include <cardea/web/routing/name.hpp>
#include <string>

namespace cardea::web {

template <Name name, class T = std::string>
struct Header {
  static constexpr bool required = !json_detail::is_optional<T>;

  T value{};

  const T& operator*() const noexcept { return value; }
  const T* operator->() const noexcept { return &value; }

  static Result<Header> resolve(Exchange& exchange) {
    Header header;
    const auto& headers = exchange.request().headers;
    const auto text = headers.find(name.text());
    std::string reason = !text && required ? "is missing" : "";
    if (text)
      reason = headers.count(name.text()) > 1 ? "is given more than once" : query_detail::read_one(*text, header.value);
    if (!reason.empty()) return failure(invalid_value("/header", name.text(), std::move(reason)));
    return header;
  }
  static void describe(Operation& operation) {
    operation.parameters.push_back({"header", std::string(name.text()), required, json_schema<T>(operation.schemas)});
    operation.refusals.insert(422);
  }
};

}  // namespace cardea::web
