// The request's body as a described struct: JsonBody<NewPost>, FormBody<Credentials> (urlencoded or multipart), or
// FormOrJsonBody<Credentials> by the Content-Type. What does not fit: 400 malformed, 415 another type, 422 with a field
// for everything that is missing or wrong.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cardea/web/extract/exchange.hpp>
#include <cardea/web/extract/form_fields.hpp>
#include <cardea/web/extract/query.hpp>
#include <cardea/web/json/json_codec.hpp>

namespace cardea::web {

// A file of a multipart form, as a member of the struct that a FormBody reads.
struct FormFile {
  std::string name;
  std::string media_type;
  std::string content;
};

namespace body_detail {

// The body as JSON. Errors: unsupported_media_type, invalid_request.
Result<boost::json::value> read_json_body(const Request& request);

std::vector<const FormField*> fields_named(const std::vector<FormField>& fields, std::string_view name);

template <class T>
std::string read_field(const std::vector<const FormField*>& found, T& value) {
  if (found.size() > 1) return "is given more than once";
  if (!found.empty()) return query_detail::read_one(found.front()->value, value);
  return json_detail::is_optional<T> ? "" : "is missing";
}
template <class T>
std::string read_field(const std::vector<const FormField*>& found, std::vector<T>& values) {
  std::vector<std::string_view> texts;
  for (const auto* field : found) texts.emplace_back(field->value);
  return query_detail::read_all(texts, values);
}
std::string read_field(const std::vector<const FormField*>& found, FormFile& file);

inline Error invalid_body(std::vector<FieldError> errors) {
  return Error{ErrorCode::validation_failed}.with_fields(std::move(errors));
}

template <class T>
Result<T> from_json(const Request& request) {
  auto json = read_json_body(request);
  if (!json) return failure(std::move(json).error());
  T value{};
  JsonReading reading{"/body"};
  read_json(*json, value, reading);
  if (auto errors = reading.take_errors(); !errors.empty()) return failure(invalid_body(std::move(errors)));
  return value;
}

template <class T>
Result<T> from_form(const Request& request) {
  static_assert(boost::describe::has_describe_members<T>::value,
                "cardea: a form is read into a struct described by BOOST_DESCRIBE_STRUCT");
  const auto fields = read_form(request);
  if (!fields) return failure(fields.error());
  T value{};
  JsonReading reading{"/body"};
  boost::mp11::mp_for_each<json_detail::Members<T>>([&](auto member) {
    auto reason = read_field(fields_named(*fields, member.name), value.*member.pointer);
    if (!reason.empty()) reading.inside(member.name, [&] { reading.wrong(std::move(reason)); });
  });
  if (auto errors = reading.take_errors(); !errors.empty()) return failure(invalid_body(std::move(errors)));
  return value;
}

void describe_body(Operation& operation, boost::json::object schema, std::vector<std::string_view> media_types);

constexpr std::string_view kJson = "application/json";
constexpr std::string_view kUrlencoded = "application/x-www-form-urlencoded";
constexpr std::string_view kMultipart = "multipart/form-data";

}  // namespace body_detail

template <class T>
struct JsonBody {
  T value{};

  const T& operator*() const noexcept { return value; }
  const T* operator->() const noexcept { return &value; }

  static Result<JsonBody> resolve(const Request& request) {
    auto value = body_detail::from_json<T>(request);
    if (!value) return failure(std::move(value).error());
    return JsonBody{std::move(*value)};
  }
  static void describe(Operation& operation) {
    body_detail::describe_body(operation, json_schema<T>(operation.schemas), {body_detail::kJson});
  }
};

template <class T>
struct FormBody {
  T value{};

  const T& operator*() const noexcept { return value; }
  const T* operator->() const noexcept { return &value; }

  static Result<FormBody> resolve(const Request& request) {
    auto value = body_detail::from_form<T>(request);
    if (!value) return failure(std::move(value).error());
    return FormBody{std::move(*value)};
  }
  static void describe(Operation& operation) {
    body_detail::describe_body(operation, json_schema<T>(operation.schemas),
                               {body_detail::kUrlencoded, body_detail::kMultipart});
  }
};

template <class T>
struct FormOrJsonBody {
  T value{};

  const T& operator*() const noexcept { return value; }
  const T* operator->() const noexcept { return &value; }

  static Result<FormOrJsonBody> resolve(const Request& request) {
    const bool json = body_kind(request.headers) == BodyKind::json;
    auto value = json ? body_detail::from_json<T>(request) : body_detail::from_form<T>(request);
    if (!value) return failure(std::move(value).error());
    return FormOrJsonBody{std::move(*value)};
  }
  static void describe(Operation& operation) {
    body_detail::describe_body(operation, json_schema<T>(operation.schemas),
                               {body_detail::kUrlencoded, body_detail::kMultipart, body_detail::kJson});
  }
};

template <>
struct JsonCodec<FormFile> {
  static boost::json::object schema(SchemaRegistry&) {
    return {{"type", "string"}, {"contentMediaType", "application/octet-stream"}};
  }
};

}  // namespace cardea::web
