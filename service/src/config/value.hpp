// Texts become values here: each function reads one kind of value, or says what is wrong and what to write instead.
#pragma once

#include <cardea/service/config/option.hpp>
#include <initializer_list>
#include <optional>
#include <utility>

namespace cardea::service {

template <class T>
using Value = std::expected<T, ValueProblem>;

Value<unsigned> read_number(std::string_view text, unsigned least, unsigned most);

// The word is an empty optional.
Value<std::optional<unsigned>> read_number_or(std::string_view text, std::string_view word, unsigned least,
                                              unsigned most);

Value<bool> read_switch(std::string_view text);

// Printable and at most 512 bytes; "" is an empty optional.
Value<std::optional<std::string>> read_optional_text(std::string_view text);

Value<std::filesystem::path> read_file_name(std::string_view text);

// sqlite:FILE or sqlite::memory:
Value<sql::DatabaseUrl> read_database(std::string_view text);

Value<ListenAddress> read_listen_address(std::string_view text);

// As TrustedProxies::parse reads them.
Value<web::TrustedProxies> read_proxies(std::string_view text);

Value<Algorithm> read_algorithm(std::string_view text);

template <class T>
using Choice = std::pair<std::string_view, T>;

ValueProblem no_such_choice(std::string choices);

template <class T>
Value<T> read_choice(std::string_view text, std::initializer_list<Choice<T>> choices) {
  std::string names;
  for (const auto& [name, value] : choices) {
    if (name == text) return value;
    names.append(names.empty() ? "" : ", ").append(name);
  }
  return std::unexpected(no_such_choice(std::move(names)));
}

}  // namespace cardea::service
