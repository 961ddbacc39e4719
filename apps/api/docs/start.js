/** Opens the documents of the API that this page lies beside; all paths are relative to `/docs`. */

const docs = window.SwaggerUIBundle({
  url: "openapi.json",
  dom_id: "#docs",
  deepLinking: true,
  // it would ask a server elsewhere whether the document is valid
  validatorUrl: null,
  onComplete: () => {
    document.title = docs.specSelectors.info().get("title");
  },
});
