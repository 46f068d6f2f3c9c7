// A path parameter: app.get<"/posts/{id}">([](Path<"id", std::int64_t> id, …) {…}). The compiler checks that the
// pattern has it. A segment that is no T: 422.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cardea/web/extract/exchange.hpp>
#include <cardea/web/extract/text_codec.hpp>
#include <cardea/web/extract/text_refusal.hpp>
#include <cardea/web/json/json_codec.hpp>
#include <cardea/web/routing/name.hpp>

namespace cardea::web {

template <Name name, class T>
struct Path {
  T value{};

  const T& operator*() const noexcept { return value; }
  const T* operator->() const noexcept { return &value; }

  static Result<Path> resolve(Exchange& exchange) {
    Path path;
    auto reason = TextCodec<T>::read(exchange.path_value(name.text()), path.value);
    if (!reason.empty()) return failure(invalid_value("/path", name.text(), std::move(reason)));
    return path;
  }
  static void describe(Operation& operation) {
    operation.parameters.push_back({"path", std::string(name.text()), true, json_schema<T>(operation.schemas)});
    operation.refusals.insert(422);
  }
};

template <class T>
inline constexpr std::string_view path_parameter_of = {};
template <Name name, class T>
inline constexpr std::string_view path_parameter_of<Path<name, T>> = name.text();

}  // namespace cardea::web
