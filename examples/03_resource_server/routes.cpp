#include "routes.hpp"

#include <boost/describe/class.hpp>
#include <cardea/core/key/remote_key_set.hpp>
#include <string>
#include <vector>

namespace reports {

using namespace cardea::web;

struct Report {
  std::string title;
  std::string asked_by;
};
BOOST_DESCRIBE_STRUCT(Report, (), (title, asked_by))

struct State {
  std::string status;
};
BOOST_DESCRIBE_STRUCT(State, (), (status))

// [routes]
void add_routes(App& app) {
  app.get<"/reports">([](const RequirePermission<"reports:read">& reader) {
    return std::vector{Report{"Third quarter", reader->subject}};
  });
  app.delete_<"/reports/{id}">([](const RequirePermission<"reports:write">&, Path<"id", int>) {});
  app.get<"/healthz">([](Public) { return State{"ok"}; });
  app.get<"/readyz">(
      [](Public, Use<cardea::RemoteKeySet> keys, const RequestContext& context) -> cardea::Result<State> {
        if (auto checked = keys->check(context.received_at); !checked) return cardea::failure(checked.error());
        return State{"ok"};
      });
}
// [/routes]

}  // namespace reports
