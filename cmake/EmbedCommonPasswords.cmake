# cmake -DINPUT=common_passwords.txt -DOUTPUT=common_passwords.cpp -P EmbedCommonPasswords.cmake
# Writes the list, one password a line, as a sorted table; the file itself may be in any order.
file(STRINGS "${INPUT}" passwords)
list(FILTER passwords EXCLUDE REGEX "^#")
list(TRANSFORM passwords TOLOWER)
list(REMOVE_DUPLICATES passwords)
list(SORT passwords COMPARE STRING)

set(rows "")
foreach(password IN LISTS passwords)
  if(NOT password MATCHES "^[!-~]+$" OR password MATCHES "[\"\\\\]")
    message(FATAL_ERROR "${INPUT}: only printable ASCII without quotes and backslashes: ${password}")
  endif()
  string(APPEND rows "    std::string_view{\"${password}\"},\n")
endforeach()

file(WRITE "${OUTPUT}" "// Made of core/data/common_passwords.txt by cmake/EmbedCommonPasswords.cmake.
#include \"account/common_passwords.hpp\"

#include <algorithm>

namespace cardea {
namespace {

constexpr std::string_view kPasswords[]{
${rows}};
static_assert(std::ranges::is_sorted(kPasswords));

}  // namespace

std::span<const std::string_view> common_passwords() noexcept { return kPasswords; }

}  // namespace cardea
")
