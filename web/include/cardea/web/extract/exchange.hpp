// One request while it is being answered: what arrived, what the application provides, and what has been resolved so
// far.
#pragma once

#include <cardea/core/base/result.hpp>
#include <cardea/web/extract/provisions.hpp>
#include <cardea/web/extract/resolved_values.hpp>
#include <cardea/web/extract/url_encoding.hpp>
#include <cardea/web/http/request.hpp>
#include <cardea/web/http/request_context.hpp>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace cardea::web {

class RequestCounts;

// Shared, because a job on the blocking pool may outlive the connection.
class Exchange : public std::enable_shared_from_this<Exchange> {
 public:
  // `provisions` lives longer than the exchange.
  Exchange(Request&& request, const Provisions& provisions);
  Exchange(const Exchange&) = delete;
  Exchange& operator=(const Exchange&) = delete;
  ~Exchange();

  const Request& request() const noexcept { return request_; }
  const RequestContext& context() const noexcept { return context_; }
  const Provisions& provisions() const noexcept { return provisions_; }

  // The decoded value of a path parameter; empty for a name that the route's pattern does not have.
  std::string_view path_value(std::string_view name) const noexcept;
  void set_path_values(std::vector<std::pair<std::string_view, std::string>> values) {
    path_values_ = std::move(values);
  }

  // The query's decoded pairs, in order parsed on first use. Error: invalid_request.
  const Result<FormPairs>& query();

  // Where the answer is counted.
  RequestCounts* counts() const noexcept { return counts_; }
  void count_at(RequestCounts* counts) noexcept { counts_ = counts; }

  ResolvedValues& values() noexcept { return values_; }

  // The first refusal becomes the answer; false, so that a resolver can return it.
  bool refuse(Error error) {
    refusal_.emplace(std::move(error));
    return false;
  }
  const std::optional<Error>& refusal() const noexcept { return refusal_; }

 private:
  Request request_;
  RequestContext context_;
  const Provisions& provisions_;
  RequestCounts* counts_ = nullptr;
  std::vector<std::pair<std::string_view, std::string>> path_values_;
  std::optional<Result<FormPairs>> query_;
  ResolvedValues values_;
  std::optional<Error> refusal_;
};

// The part of a request target before the query.
std::string_view path_of(std::string_view target) noexcept;

}  // namespace cardea::web
