// A query parameter: Query<"q", std::string> is required, Query<"q", std::optional<std::string>> may be absent,
// Query<"limit", int, 50> and Query<"order", std::string, Name{"newest"}> have a default, and
// Query<"tag", std::vector<std::string>> collects every ?tag=. A scalar that is given twice is refused, not guessed.
#pragma once

#include <boost/json/value_from.hpp>
#include <cardea/core/base/result.hpp>
#include <cardea/web/extract/exchange.hpp>
#include <cardea/web/extract/text_codec.hpp>
#include <cardea/web/extract/text_refusal.hpp>
#include <cardea/web/json/json_codec.hpp>
#include <cardea/web/routing/name.hpp>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

namespace cardea::web {

struct NoDefault {};

namespace query_detail {

// The values of that name, in order. Error: invalid_request for a broken query.
Result<std::vector<std::string_view>> values_of(Exchange& exchange, std::string_view name);

// Reads exactly one text as a scalar or an optional.
template <class T>
std::string read_one(std::string_view text, T& value) {
  return TextCodec<T>::read(text, value);
}
template <class T>
std::string read_one(std::string_view text, std::optional<T>& value) {
  return TextCodec<T>::read(text, value.emplace());
}

template <class T>
inline constexpr bool is_list = false;
template <class T>
inline constexpr bool is_list<std::vector<T>> = true;

template <class T>
std::string read_all(const std::vector<std::string_view>& texts, std::vector<T>& values) {
  for (const auto text : texts) {
    auto reason = TextCodec<T>::read(text, values.emplace_back());
    if (!reason.empty()) return reason;
  }
  return {};
}

}  // namespace query_detail

template <Name name, class T, auto fallback = NoDefault{}>
struct Query {
  static constexpr bool has_default = !std::is_same_v<std::remove_cv_t<decltype(fallback)>, NoDefault>;
  static constexpr bool required = !has_default && !json_detail::is_optional<T> && !query_detail::is_list<T>;

  T value{};

  const T& operator*() const noexcept { return value; }
  const T* operator->() const noexcept { return &value; }

  static Result<Query> resolve(Exchange& exchange) {
    const auto texts = query_detail::values_of(exchange, name.text());
    if (!texts) return failure(texts.error());
    Query query;
    auto reason = query.read(*texts);
    if (!reason.empty()) return failure(invalid_value("/query", name.text(), std::move(reason)));
    return query;
  }

  static void describe(Operation& operation) {
    ParameterDescription parameter{"query", std::string(name.text()), required, json_schema<T>(operation.schemas)};
    if constexpr (has_default) parameter.schema["default"] = boost::json::value_from(default_value());
    operation.parameters.push_back(std::move(parameter));
    operation.refusals.insert(422);
  }

 private:
  static auto default_value() {
    if constexpr (requires { fallback.text(); })
      return std::string(fallback.text());
    else
      return fallback;
  }

  std::string read(const std::vector<std::string_view>& texts) {
    if constexpr (query_detail::is_list<T>)
      return query_detail::read_all(texts, value);
    else {
      if (texts.size() > 1) return "is given more than once";
      if (texts.size() == 1) return query_detail::read_one(texts.front(), value);
      if constexpr (has_default) value = T{default_value()};
      return required ? "is missing" : "";
    }
  }
};

}  // namespace cardea::web
