// Texts one after another so that no two lists have one encoding: each as its length, a colon, its bytes and a comma.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>

namespace cardea {

inline std::string field_list(std::initializer_list<std::string_view> fields) {
  std::string bytes;
  for (const auto field : fields) bytes.append(std::to_string(field.size())).append(":").append(field).append(",");
  return bytes;
}

}  // namespace cardea
