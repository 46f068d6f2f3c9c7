// What is said about one route to the outside; filled by the same types that enforce it.
#pragma once

#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace cardea::web {

// Named schemas of a document, "#/components/schemas/NewPost".
class SchemaRegistry {
 public:
  // The reference to `name`; `make` is asked once, when the name is new.
  template <class Make>
  boost::json::object reference(std::string_view name, Make make) {
    const std::string key(name);
    if (!schemas_.contains(key)) {
      schemas_[key] = nullptr;  // known from here on, so that a recursive type ends
      schemas_[key] = make();
    }
    return {{"$ref", "#/components/schemas/" + key}};
  }
  const boost::json::object& schemas() const noexcept { return schemas_; }

 private:
  boost::json::object schemas_;
};

struct ParameterDescription {
  std::string_view in;  // "path", "query", "header" or "cookie"
  std::string name;
  bool required = true;
  boost::json::object schema;
};

struct BodyDescription {
  std::vector<std::string_view> media_types;
  boost::json::object schema;
  bool required = true;
};

struct Operation {
  explicit Operation(SchemaRegistry& registry) : schemas(registry) {}

  SchemaRegistry& schemas;
  std::vector<ParameterDescription> parameters;
  std::vector<BodyDescription> bodies;    // at most one route reads one; more is a programming error
  std::vector<std::string> requirements;  // "public", "user", "role admin": what `cardea routes` prints
  std::vector<std::string_view> roles;    // the caller has each of these, by name or by inclusion
  std::vector<std::vector<std::string_view>> permissions;  // and of each of these lists one at the least
  bool only_for_owner = false;  // and is whom the path names, unless they have `instead_of_owning`
  std::string_view instead_of_owning;
  bool takes_bearer_token = false;
  bool bearer_token_is_optional = false;
  bool takes_api_key = false;             // in the place of a bearer token
  bool takes_client_credentials = false;  // RFC 6749 section 2.3.1
  bool client_credentials_are_optional = false;
  std::set<unsigned> refusals;  // statuses besides the success
};

}  // namespace cardea::web
