// What an application tells Prometheus, read back.
#pragma once

#include <cardea/web/app.hpp>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <thread>

namespace cardea::web::testing {

// The value of a series as it is written, `name{label="value"}`; empty if there is none.
inline std::optional<double> value_of(App& app, std::string_view series) {
  std::istringstream lines(app.metrics().prometheus_text());
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with(std::string(series) + ' ')) return std::stod(line.substr(series.size() + 1));
  }
  return std::nullopt;
}

// For what the server does once the client has its answer. Gives up after many looks, so that a test fails.
inline std::optional<double> value_becomes(App& app, std::string_view series, double expected) {
  std::optional<double> value;
  for (int look = 0; look < 100'000 && value != expected; ++look) {
    value = value_of(app, series);
    std::this_thread::yield();
  }
  return value;
}

}  // namespace cardea::web::testing
