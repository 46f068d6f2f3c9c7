// /admin/keys: the signing keys, for administrators. Seeing needs keys:read, changing keys:rotate.
#pragma once

#include <boost/describe/class.hpp>
#include <cardea/core/base/clock.hpp>
#include <cardea/core/key/key_ring.hpp>
#include <cardea/web/app.hpp>
#include <optional>
#include <string>
#include <vector>

namespace cardea::service {

struct KeyView {
  std::string kid;
  std::string algorithm;
  std::string state;  // upcoming, active, retiring or retired
  Instant created_at{};
  Instant signs_from{};
  std::optional<Instant> signs_until;
  std::optional<Instant> verifies_until;

  static KeyView of(const RingKey& key);
};
BOOST_DESCRIBE_STRUCT(KeyView, (), (kid, algorithm, state, created_at, signs_from, signs_until, verifies_until))

struct KeyPage {
  std::vector<KeyView> items;
  std::optional<std::string> next;  // always none: a ring has few keys
};
BOOST_DESCRIBE_STRUCT(KeyPage, (), (items, next))

struct Rotation {
  std::optional<bool> at_once;  // unless true, the new key is published before it signs
};
BOOST_DESCRIBE_STRUCT(Rotation, (), (at_once))

// Uses a KeyAdministration. GET /admin/keys lists, for API keys too; POST /admin/keys/rotate answers 201 with the next
// key; POST /admin/keys/{kid}/retire cuts one off and answers with it. 409 where the secret is configured, or a key is
// upcoming already.
void add_admin_keys(web::App& app);

}  // namespace cardea::service
