// X-Forwarded-For and Forwarded: whatever a client has sent, what the trusted proxy adds behind it is whom it names.
#include <run/forwarded_address.hpp>
#include <string>

#include "fuzzers.hpp"
#include "property.hpp"

namespace cardea::fuzz {
namespace {

std::string named_by(const std::string& value, web::ClientAddressSource source) {
  static const auto proxies = web::TrustedProxies::parse("10.0.0.0/8").value();
  const bool is_forwarded = source == web::ClientAddressSource::forwarded;
  const web::RequestHead::Field field{is_forwarded ? "Forwarded" : "X-Forwarded-For", value};
  const auto client = web::client_named_in({&field, 1}, proxies, source);
  return client ? client->to_string() : "nobody";
}

}  // namespace

void forwarded(std::string_view text) {
  using enum web::ClientAddressSource;
  const std::string sent(text);
  require(named_by(sent + ", 203.0.113.9", x_forwarded_for) == "203.0.113.9", "the proxy's own entry counts");
  require(named_by(sent + ", for=203.0.113.9", forwarded) == "203.0.113.9", "and so does its element");
  require(named_by(sent + R"(, for="[2001:db8::9]:4711")", forwarded) == "2001:db8::9", "and a quoted one");
}

}  // namespace cardea::fuzz
