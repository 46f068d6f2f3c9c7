// JSON as it may come from outside: RFC 8259 with every leniency refused (RFC 8725 section 2.4, RFC 7493).
#pragma once

#include <boost/json/storage_ptr.hpp>
#include <boost/json/value.hpp>
#include <cardea/core/base/result.hpp>
#include <cstddef>
#include <string_view>

namespace cardea {

struct StrictJsonLimits {
  std::size_t max_depth = 32;          // arrays and objects within each other; a scalar has depth 0
  std::size_t max_size = 1024 * 1024;  // bytes of text
};

// Refuses, beyond bad syntax: a member name twice in one object, at any depth and however it is escaped; invalid
// UTF-8; anything but white space after the value; a number that no finite double holds.
// A number without fraction and exponent is an int64 or, above that, a uint64; every other number is the nearest
// double.
//
// The value lives in `storage`; give it a boost::json::monotonic_resource to keep the heap out of it.
// Error: json_malformed; its private text has the position and never a piece of the text.
Result<boost::json::value> parse_strict_json(std::string_view text, StrictJsonLimits limits = {},
                                             boost::json::storage_ptr storage = {});

}  // namespace cardea
