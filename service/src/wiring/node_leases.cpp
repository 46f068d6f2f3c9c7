#include <spdlog/spdlog.h>

#include <cardea/core/base/base64url.hpp>
#include <cardea/core/base/random_bytes.hpp>
#include <cardea/service/wiring/node_leases.hpp>

namespace cardea::service {
namespace {

constexpr std::size_t kHolderBytes = 16;

}  // namespace

NodeLeases::NodeLeases(sql::Database& database, const Freshness& freshness)
    : freshness_(freshness), leases_(database, to_base64url(random_bytes(kHolderBytes))) {}

NodeLeases::~NodeLeases() {
  if (!freshness_.lasts()) return;
  if (const auto done = leases_.release(); !done) {
    const Error& error = done.error();
    spdlog::error("the leases cannot be given back: {}: {}", name_of(error.code()), error.private_text());
  }
}

bool NodeLeases::hold(const std::string& name, std::chrono::seconds duration) {
  const auto now = SystemClock{}.now();
  const auto held = leases_.hold(name, now, now + duration);
  if (!held) {
    const Error& error = held.error();
    spdlog::error("the lease {} cannot be held: {}: {}", name, name_of(error.code()), error.private_text());
  }
  return held.value_or(false);
}

}  // namespace cardea::service
