// GET /docs (Swagger UI), /redoc (ReDoc) and /openapi.json. Everything they show or load is in the program: no asset
// comes from another host, and a Content-Security-Policy holds them to that.
#pragma once

#include <cardea/web/app.hpp>

namespace cardea::web {

// Call it once, before or after the routes are added: the document is made when it is first asked for.
void add_docs(App& app);

}  // namespace cardea::web
