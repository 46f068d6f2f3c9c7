// Swagger UI over the OpenAPI document that lies beside the page. Nothing is fetched from another host, and a token
// lives no longer than the page.
"use strict";

const ui = SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#api",
  deepLinking: true,
  displayRequestDuration: true,
  persistAuthorization: false,
  showCommonExtensions: true,
  validatorUrl: null,
  onComplete: () => {
    const title = ui.specSelectors.info().get("title");
    if (title) document.title = title;
  },
});
