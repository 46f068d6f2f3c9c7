#include <array>
#include <cardea/service/wiring/demo_users.hpp>

namespace cardea::service {
namespace {

struct DemoUser {
  std::string_view name, password, role;
};

constexpr std::array kDemoUsers{DemoUser{"alice", "alicepw", "admin"}, DemoUser{"bob", "bobpw", "user"}};

Result<bool> is_empty(UserStore& users) {
  const auto page = users.list(std::nullopt, 1);
  if (!page) return failure(page.error());
  return page->users.empty();
}

Done add(const DemoUser& demo, UserStore& users, const PasswordHasher& hasher, Instant now) {
  auto hash = hasher.hash(Secret::copy_of(demo.password));
  if (!hash) return failure(std::move(hash).error());
  auto added = users.add({Username::parse(demo.name).value(), Role::parse(demo.role).value(), *std::move(hash)}, now);
  // Another process may have been quicker.
  if (!added && added.error().code() != ErrorCode::username_taken) return failure(std::move(added).error());
  return {};
}

Result<bool> logs_in(const DemoUser& demo, UserStore& users, const PasswordHasher& hasher) {
  const auto found = users.find_credentials(Username::parse(demo.name).value());
  if (!found) return failure(found.error());
  if (!*found || (*found)->user.state != AccountState::active) return false;
  return hasher.verify(Secret::copy_of(demo.password), (*found)->password_hash);
}

std::unexpected<Error> refused(std::string sentence) {
  return failure(ErrorCode::configuration_invalid, PublicText{std::move(sentence)});
}

}  // namespace

Done check_demo(const Config& config) {
  if (config.demo_on_any_address && !config.demo) {
    return refused("--demo-on-any-address: does nothing without --demo; leave it out");
  }
  if (!config.demo || config.demo_on_any_address || config.listen.is_loopback()) return {};
  return refused("--demo: everybody knows the demo passwords, and others can reach " + config.listen.text() +
                 "; listen on 127.0.0.1:8000, or add --demo-on-any-address");
}

Done add_demo_users(UserStore& users, const PasswordHasher& hasher, Instant now) {
  const auto empty = is_empty(users);
  if (!empty) return failure(empty.error());
  for (const auto& demo : kDemoUsers) {
    const auto found = users.find(Username::parse(demo.name).value());
    if (!found) return failure(found.error());
    if (*found) continue;
    if (!*empty && &demo == &kDemoUsers.front()) {
      return refused("--demo: the database has users of its own; name another file, such as --database sqlite:demo.db");
    }
    if (auto added = add(demo, users, hasher, now); !added) return added;
  }
  return {};
}

Done refuse_demo_users(UserStore& users, const PasswordHasher& hasher) {
  for (const auto& demo : kDemoUsers) {
    const auto open = logs_in(demo, users, hasher);
    if (!open) return failure(open.error());
    if (*open) {
      return refused(std::string("database: the user ")
                         .append(demo.name)
                         .append(" has the demo password, which everybody knows; run `cardea user set-password ")
                         .append(demo.name)
                         .append("`, or start with --demo"));
    }
  }
  return {};
}

}  // namespace cardea::service
