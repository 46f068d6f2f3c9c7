#include <algorithm>
#include <cardea/web/extract/exchange.hpp>
#include <cardea/web/extract/url_encoding.hpp>

#include "http/recycled.hpp"

namespace cardea::web {
namespace {

RequestContext context_of(const Request& request) {
  auto context = recycled_context();
  context.method = request.method;
  context.path = path_of(request.target);
  context.origin.address = request.peer_address;
  context.origin.request_id = request.request_id;
  context.received_at = request.received_at;
  context.trace = TraceContext::of(request.headers.fields());
  return context;
}

}  // namespace

std::string_view path_of(std::string_view target) noexcept { return target.substr(0, target.find('?')); }

Exchange::Exchange(Request&& request, const Provisions& provisions)
    : request_(std::move(request)), context_(context_of(request_)), provisions_(provisions) {}

Exchange::~Exchange() {
  values_.clear();  // they may be views of the request
  recycle(std::move(context_));
  recycle(std::move(request_));
}

std::string_view Exchange::path_value(std::string_view name) const noexcept {
  const auto found = std::ranges::find(path_values_, name, &std::pair<std::string_view, std::string>::first);
  return found == path_values_.end() ? std::string_view{} : std::string_view{found->second};
}

const Result<FormPairs>& Exchange::query() {
  if (!query_) {
    const std::string_view target = request_.target;
    const auto mark = target.find('?');
    query_ = decode_form(mark == std::string_view::npos ? std::string_view{} : target.substr(mark + 1));
  }
  return *query_;
}

}  // namespace cardea::web
