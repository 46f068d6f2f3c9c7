#include <algorithm>
#include <cardea/web/extract/exchange.hpp>
#include <cardea/web/extract/url_encoding.hpp>

namespace cardea::web {

std::string_view path_of(std::string_view target) noexcept { return target.substr(0, target.find('?')); }

Exchange::Exchange(Request request, const Provisions& provisions)
    : request_(std::move(request)),
      context_{request_.method, std::string(path_of(request_.target)),
               Origin{request_.peer_address, request_.request_id}, request_.received_at,
               TraceContext::of(request_.headers.fields())},
      provisions_(provisions) {}

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
