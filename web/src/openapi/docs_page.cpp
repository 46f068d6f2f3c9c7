#include <algorithm>
#include <boost/json/serialize.hpp>
#include <cardea/web/openapi/docs_page.hpp>
#include <cardea/web/openapi/document.hpp>
#include <memory>
#include <mutex>

#include "openapi/docs_assets.hpp"

namespace cardea::web {
namespace {

Result<Response> asset_response(std::string_view name, const std::optional<std::string>& known_etag) {
  const auto assets = docs_assets();
  const auto asset = std::ranges::find(assets, name, &Asset::name);
  if (asset == assets.end()) return failure(ErrorCode::not_found);
  Response response{200, {}, {}};
  response.headers.add("ETag", asset->etag);
  response.headers.add("Cache-Control", "no-cache");  // kept, but asked for again: an update shows at once
  response.headers.add("Content-Security-Policy", docs_content_security_policy);
  if (known_etag && known_etag->contains(asset->etag)) {
    response.status = 304;
    return response;
  }
  response.headers.add("Content-Type", asset->media_type);
  response.lasting_body = asset->bytes;
  return response;
}

using KnownEtag = Header<"If-None-Match", std::optional<std::string>>;

}  // namespace

void add_docs(App& app) {
  app.get<"/docs">([](Public, const KnownEtag& etag) { return asset_response("docs.html", *etag); })
      .hidden()
      .summary("API documentation, Swagger UI");
  app.get<"/redoc">([](Public, const KnownEtag& etag) { return asset_response("redoc.html", *etag); })
      .hidden()
      .summary("API documentation, ReDoc");
  app.get<"/docs/{file}">([](Public, const Path<"file", std::string>& file, const KnownEtag& etag) {
       return asset_response(*file, *etag);
     })
      .hidden()
      .summary("Files of the documentation pages");

  struct Document {
    std::once_flag made;
    std::string text;
  };
  app.get<"/openapi.json">([&app, document = std::make_shared<Document>()](Public) {
       std::call_once(document->made, [&] { document->text = boost::json::serialize(openapi_document(app)); });
       auto response = responder_detail::begin_json_response(200);
       response.lasting_body = document->text;
       return response;
     })
      .hidden()
      .summary("OpenAPI 3.1 document");
}

}  // namespace cardea::web
