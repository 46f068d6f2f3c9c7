// ReDoc over the OpenAPI document that lies beside the page. Its search is off: it would need a worker made from a blob,
// which the page's content security policy does not allow.
"use strict";

const textFont = 'system-ui, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';
const codeFont = 'ui-monospace, "Cascadia Mono", "Noto Sans Mono", "DejaVu Sans Mono", monospace';

const options = {
  disableSearch: true,
  hideDownloadButton: false,
  theme: {
    colors: { primary: { main: "#245c4f" } },
    typography: { fontFamily: textFont, headings: { fontFamily: textFont }, code: { fontFamily: codeFont } },
  },
};

Redoc.init("openapi.json", options, document.getElementById("api"), () => {
  const title = document.querySelector("h1");
  if (title) document.title = title.textContent.trim();
});
