// The PROXY protocol: what is read does not depend on what follows it, less than it is waited for, and a whole one is
// never taken for the beginning of another.
#include <run/proxy_header.hpp>

#include "fuzzers.hpp"
#include "property.hpp"

namespace cardea::fuzz {

void proxy_header(std::string_view text) {
  const auto header = web::parse_proxy_header(text);
  if (!header || !*header) return;
  const auto size = (*header)->size;
  require(size <= text.size() && size <= web::ProxyHeader::kLongest, "a header is within what was given");
  const auto alone = web::parse_proxy_header(text.substr(0, size));
  require(alone && *alone && (*alone)->size == size && (*alone)->client == (*header)->client,
          "what follows a header changes nothing in it");
  for (std::size_t part = 0; part < size; ++part) {
    const auto beginning = web::parse_proxy_header(text.substr(0, part));
    require(beginning && !*beginning, "a part of a header is waited for");
  }
}

}  // namespace cardea::fuzz
