// GET /metrics: what app.metrics() knows, as Prometheus reads it.
//
// It tells how much an application is used, and by which routes: whoever reads it needs the permission metrics:read, by
// an access token or an API key, which a scraper has in a file (docs/observability.md).
#pragma once

#include <cardea/web/app.hpp>

namespace cardea::web {

// Once. A catalogue of the application, if there is one, declares metrics:read.
void add_metrics(App& app);

// The same for everyone who reaches the server: where only those do who may know.
void add_metrics_for_everyone(App& app);

}  // namespace cardea::web
