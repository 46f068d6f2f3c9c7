// JSON for C++ values: JsonCodec<T> writes one, reads one with a reason for every member that does not fit, and
// describes it as a JSON schema. Structs and enums are known by Boost.Describe: BOOST_DESCRIBE_STRUCT(NewPost, (),
// (title, text)).
//
// Reading is strict (no "7" for 7) and forgiving about more (unknown members are ignored, as in FastAPI); a member is
// required unless it is a std::optional. Writing gives null for an empty optional.
#pragma once

#include <boost/describe/class.hpp>
#include <boost/describe/enum.hpp>
#include <boost/describe/members.hpp>
#include <boost/describe/modifiers.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <boost/mp11/algorithm.hpp>
#include <cardea/core/base/clock.hpp>
#include <cardea/core/base/error.hpp>
#include <cardea/core/base/id.hpp>
#include <cardea/core/base/json_text.hpp>
#include <cardea/web/json/constraints.hpp>
#include <cardea/web/openapi/operation.hpp>
#include <limits>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace cardea::web {

// Where reading is, and what has been found wrong so far.
class JsonReading {
 public:
  explicit JsonReading(std::string root) : where_(std::move(root)) {}

  // Runs `read` one step deeper: /body -> /body/title (RFC 6901).
  template <class Read>
  void inside(std::string_view member, Read read) {
    const auto length = where_.size();
    descend(member);
    read();
    where_.resize(length);
  }
  void wrong(std::string reason) { errors_.push_back({where_, std::move(reason)}); }

  std::vector<FieldError> take_errors() { return std::move(errors_); }

 private:
  void descend(std::string_view member);

  std::string where_;
  std::vector<FieldError> errors_;
};

template <class T>
struct JsonCodec;

template <class T>
concept JsonCodable = requires { &JsonCodec<T>::write; };

template <class T>
void write_json(std::string& out, const T& value) {
  JsonCodec<T>::write(out, value);
}
template <class T>
std::string to_json(const T& value) {
  std::string out;
  write_json(out, value);
  return out;
}
template <class T>
void read_json(const boost::json::value& json, T& value, JsonReading& reading) {
  JsonCodec<T>::read(json, value, reading);
}
template <class T>
boost::json::object json_schema(SchemaRegistry& schemas) {
  return JsonCodec<T>::schema(schemas);
}

namespace json_detail {

template <class T>
using Members = boost::describe::describe_members<T, boost::describe::mod_public | boost::describe::mod_inherited>;

template <class T>
inline constexpr bool is_optional = false;
template <class T>
inline constexpr bool is_optional<std::optional<T>> = true;

void write_integer(std::string& out, std::int64_t value);
void write_integer(std::string& out, std::uint64_t value);
void write_number(std::string& out, double value);  // null if it is not finite
bool read_integer(const boost::json::value& json, std::int64_t& value);
bool read_integer(const boost::json::value& json, std::uint64_t& value);
bool read_number(const boost::json::value& json, double& value);

// "NewPost" out of "blog::NewPost"; what a schema is called.
std::string schema_name(std::string_view spelled);
template <class T>
std::string schema_name() {
  constexpr std::string_view spelled = __PRETTY_FUNCTION__;
  constexpr auto begin = spelled.find("T = ") + 4;
  return schema_name(spelled.substr(begin, spelled.find_first_of(";]", begin) - begin));
}

}  // namespace json_detail

template <>
struct JsonCodec<bool> {
  static void write(std::string& out, bool value) { out += value ? "true" : "false"; }
  static void read(const boost::json::value& json, bool& value, JsonReading& reading);
  static boost::json::object schema(SchemaRegistry&) { return {{"type", "boolean"}}; }
};

template <class T>
  requires(std::is_integral_v<T> && !std::is_same_v<T, bool> && !std::is_same_v<T, char>)
struct JsonCodec<T> {
  using Widest = std::conditional_t<std::is_signed_v<T>, std::int64_t, std::uint64_t>;
  static void write(std::string& out, T value) { json_detail::write_integer(out, static_cast<Widest>(value)); }
  static void read(const boost::json::value& json, T& value, JsonReading& reading) {
    Widest wide{};
    if (!json_detail::read_integer(json, wide)) return reading.wrong("must be a whole number");
    if (!std::in_range<T>(wide)) return reading.wrong("is out of range");
    value = static_cast<T>(wide);
  }
  static boost::json::object schema(SchemaRegistry&) {
    boost::json::object schema{{"type", "integer"}};
    if (sizeof(T) >= 4) schema["format"] = sizeof(T) == 8 ? "int64" : "int32";
    if (std::is_unsigned_v<T>) schema["minimum"] = 0;
    return schema;
  }
};

template <class T>
  requires std::is_floating_point_v<T>
struct JsonCodec<T> {
  static void write(std::string& out, T value) { json_detail::write_number(out, static_cast<double>(value)); }
  static void read(const boost::json::value& json, T& value, JsonReading& reading) {
    double wide{};
    if (!json_detail::read_number(json, wide)) return reading.wrong("must be a number");
    value = static_cast<T>(wide);
  }
  static boost::json::object schema(SchemaRegistry&) { return {{"type", "number"}}; }
};

template <>
struct JsonCodec<std::string> {
  static void write(std::string& out, std::string_view value) { append_json_string(out, value); }
  static void read(const boost::json::value& json, std::string& value, JsonReading& reading);
  static boost::json::object schema(SchemaRegistry&) { return {{"type", "string"}}; }
};

template <std::size_t shortest, std::size_t longest>
struct JsonCodec<Text<shortest, longest>> {
  static void write(std::string& out, const Text<shortest, longest>& value) { append_json_string(out, value.value); }
  static void read(const boost::json::value& json, Text<shortest, longest>& value, JsonReading& reading) {
    if (!json.is_string()) return reading.wrong("must be a string");
    auto reason = TextCodec<Text<shortest, longest>>::read(json.get_string(), value);
    if (!reason.empty()) reading.wrong(std::move(reason));
  }
  static boost::json::object schema(SchemaRegistry&) {
    return {{"type", "string"}, {"minLength", shortest}, {"maxLength", longest}};
  }
};

template <class T, T lowest, T highest>
struct JsonCodec<Ranged<T, lowest, highest>> {
  static void write(std::string& out, const Ranged<T, lowest, highest>& value) { write_json(out, value.value); }
  static void read(const boost::json::value& json, Ranged<T, lowest, highest>& value, JsonReading& reading) {
    auto number = lowest;
    bool is_number = true;
    JsonReading inner{""};
    read_json(json, number, inner);
    for (auto& error : inner.take_errors()) {
      is_number = false;
      reading.wrong(std::move(error.reason));
    }
    value.value = number;
    auto reason = is_number ? constraint_detail::range_reason<T, lowest, highest>(number) : std::string{};
    if (!reason.empty()) reading.wrong(std::move(reason));
  }
  static boost::json::object schema(SchemaRegistry& schemas) {
    auto schema = json_schema<T>(schemas);
    if (lowest != std::numeric_limits<T>::lowest()) schema["minimum"] = lowest;
    if (highest != std::numeric_limits<T>::max()) schema["maximum"] = highest;
    return schema;
  }
};

// An instant is RFC 3339 text.
template <>
struct JsonCodec<Instant> {
  static void write(std::string& out, Instant value) { append_json_string(out, to_rfc3339(value)); }
  static void read(const boost::json::value& json, Instant& value, JsonReading& reading);
  static boost::json::object schema(SchemaRegistry&) { return {{"type", "string"}, {"format", "date-time"}}; }
};

template <class Tag>
struct JsonCodec<Id<Tag>> {
  static void write(std::string& out, Id<Tag> id) { json_detail::write_integer(out, id.value); }
  static void read(const boost::json::value& json, Id<Tag>& id, JsonReading& reading) {
    read_json(json, id.value, reading);
  }
  static boost::json::object schema(SchemaRegistry& schemas) { return json_schema<std::int64_t>(schemas); }
};

// Anything at all; a number that is not finite is written as null.
template <>
struct JsonCodec<boost::json::value> {
  static void write(std::string& out, const boost::json::value& value);
  static void read(const boost::json::value& json, boost::json::value& value, JsonReading&) { value = json; }
  static boost::json::object schema(SchemaRegistry&) { return {}; }
};

template <class T>
struct JsonCodec<std::optional<T>> {
  static void write(std::string& out, const std::optional<T>& value) {
    if (value)
      write_json(out, *value);
    else
      out += "null";
  }
  static void read(const boost::json::value& json, std::optional<T>& value, JsonReading& reading) {
    if (json.is_null())
      value.reset();
    else
      read_json(json, value.emplace(), reading);
  }
  static boost::json::object schema(SchemaRegistry& schemas) {
    return {{"anyOf", boost::json::array{json_schema<T>(schemas), boost::json::object{{"type", "null"}}}}};
  }
};

// A member that may be absent, which leaves it empty, or null, which is an empty value: what a PATCH leaves alone, and
// what it removes (RFC 7396).
template <class T>
struct JsonCodec<std::optional<std::optional<T>>> {
  static void write(std::string& out, const std::optional<std::optional<T>>& value) {
    write_json(out, value.value_or(std::nullopt));
  }
  static void read(const boost::json::value& json, std::optional<std::optional<T>>& value, JsonReading& reading) {
    read_json(json, value.emplace(), reading);
  }
  static boost::json::object schema(SchemaRegistry& schemas) { return json_schema<std::optional<T>>(schemas); }
};

template <class T>
struct JsonCodec<std::vector<T>> {
  static void write(std::string& out, const std::vector<T>& values) {
    out += '[';
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (i > 0) out += ',';
      write_json<T>(out, values[i]);
    }
    out += ']';
  }
  static void read(const boost::json::value& json, std::vector<T>& values, JsonReading& reading) {
    if (!json.is_array()) return reading.wrong("must be an array");
    values.clear();
    for (const auto& element : json.get_array()) {
      T value{};
      reading.inside(std::to_string(values.size()), [&] { read_json(element, value, reading); });
      values.push_back(std::move(value));
    }
  }
  static boost::json::object schema(SchemaRegistry& schemas) {
    return {{"type", "array"}, {"items", json_schema<T>(schemas)}};
  }
};

template <class T>
struct JsonCodec<std::map<std::string, T>> {
  static void write(std::string& out, const std::map<std::string, T>& values) {
    out += '{';
    for (const auto& [name, value] : values) {
      if (out.back() != '{') out += ',';
      append_json_string(out, name);
      out += ':';
      write_json(out, value);
    }
    out += '}';
  }
  static void read(const boost::json::value& json, std::map<std::string, T>& values, JsonReading& reading) {
    if (!json.is_object()) return reading.wrong("must be an object");
    values.clear();
    for (const auto& member : json.get_object()) {
      reading.inside(member.key(), [&] { read_json(member.value(), values[std::string(member.key())], reading); });
    }
  }
  static boost::json::object schema(SchemaRegistry& schemas) {
    return {{"type", "object"}, {"additionalProperties", json_schema<T>(schemas)}};
  }
};

template <class E>
  requires boost::describe::has_describe_enumerators<E>::value
struct JsonCodec<E> {
  static void write(std::string& out, E value) {
    std::string_view name;
    boost::mp11::mp_for_each<boost::describe::describe_enumerators<E>>([&](auto described) {
      if (described.value == value) name = described.name;
    });
    if (name.empty())
      out += "null";
    else
      append_json_string(out, name);
  }
  static void read(const boost::json::value& json, E& value, JsonReading& reading) {
    if (!json.is_string()) return reading.wrong("must be a string");
    auto reason = TextCodec<E>::read(json.get_string(), value);
    if (!reason.empty()) reading.wrong(std::move(reason));
  }
  static boost::json::object schema(SchemaRegistry&) {
    boost::json::array names;
    for (const auto name : text_codec_detail::enumerator_names<E>()) names.emplace_back(name);
    return {{"type", "string"}, {"enum", std::move(names)}};
  }
};

template <class T>
  requires boost::describe::has_describe_members<T>::value
struct JsonCodec<T> {
  static void write(std::string& out, const T& value) {
    char before = '{';
    boost::mp11::mp_for_each<json_detail::Members<T>>([&](auto member) {
      out += before;
      before = ',';
      out += '"';
      out += member.name;
      out += "\":";
      write_json(out, value.*member.pointer);
    });
    if (before == '{') out += before;
    out += '}';
  }

  static void read(const boost::json::value& json, T& value, JsonReading& reading) {
    if (!json.is_object()) return reading.wrong("must be an object");
    const auto& object = json.get_object();
    boost::mp11::mp_for_each<json_detail::Members<T>>([&](auto member) {
      auto& target = value.*member.pointer;
      using Member = std::remove_cvref_t<decltype(target)>;
      reading.inside(member.name, [&] {
        if (const auto* found = object.if_contains(member.name))
          read_json(*found, target, reading);
        else if constexpr (!json_detail::is_optional<Member>)
          reading.wrong("is missing");
      });
    });
  }

  static boost::json::object schema(SchemaRegistry& schemas) {
    return schemas.reference(json_detail::schema_name<T>(), [&] {
      boost::json::object properties;
      boost::json::array required;
      boost::mp11::mp_for_each<json_detail::Members<T>>([&](auto member) {
        using Member = std::remove_cvref_t<decltype(std::declval<T&>().*member.pointer)>;
        properties[member.name] = json_schema<Member>(schemas);
        if constexpr (!json_detail::is_optional<Member>) required.emplace_back(member.name);
      });
      boost::json::object schema{{"type", "object"}, {"properties", std::move(properties)}};
      if (!required.empty()) schema["required"] = std::move(required);
      return schema;
    });
  }
};

}  // namespace cardea::web
