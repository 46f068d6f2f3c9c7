// The API's description: valid by the OpenAPI 3.1 schema, complete where a client relies on it, and true: what the
// server answers is what it describes.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";

import { Validator } from "@seriousme/openapi-schema-validator";
import Ajv2020 from "ajv/dist/2020.js";

import { cleanEnvironment, executable, startServer } from "./server.mjs";

const METHODS = ["get", "put", "post", "delete", "options", "head", "patch", "trace"];

let server;
let description;

before(async () => {
  server = await startServer();
  const answer = await fetch(`${server.url}/openapi.json`);
  assert.equal(answer.status, 200);
  assert.equal(answer.headers.get("content-type"), "application/json");
  description = await answer.json();
});

after(() => server?.stop());

function operations() {
  return Object.entries(description.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => ({ name: `${method} ${path}`, ...item[method] })),
  );
}

const isProtected = (operation) => (operation.security ?? description.security ?? []).length > 0;

function resolve(node) {
  if (!node?.$ref) return node;
  const keys = node.$ref.replace(/^#\//, "").split("/");
  return keys.reduce((found, key) => found[key.replaceAll("~1", "/").replaceAll("~0", "~")], description);
}

test("the description is valid by the OpenAPI 3.1 schema", async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(structuredClone(description));
  assert.ok(valid, JSON.stringify(errors, null, 1));
  assert.equal(validator.version, "3.1");
  assert.match(description.openapi, /^3\.1\./);
});

test("cardea openapi prints the same description", () => {
  const printed = execFileSync(executable, ["openapi"], { env: cleanEnvironment("/nonexistent"), encoding: "utf8" });
  assert.deepEqual(JSON.parse(printed), description);
});

test("every operation has an id of its own, a summary and its responses", () => {
  const ids = operations().map((operation) => operation.operationId);
  assert.ok(ids.length >= 5);
  assert.equal(new Set(ids).size, ids.length, ids.join());
  for (const operation of operations()) {
    assert.match(operation.operationId, /^[a-z][a-z0-9_]*$/i, operation.name);
    assert.ok(operation.summary, operation.name);
    assert.ok(Object.keys(operation.responses).some((status) => status.startsWith("2")), operation.name);
  }
});

test("every reference leads somewhere", () => {
  const walk = (node) => {
    if (node === null || typeof node !== "object") return;
    if (typeof node.$ref === "string") assert.ok(resolve(node), node.$ref);
    Object.values(node).forEach(walk);
  };
  walk(description);
});

test("protected operations say so and describe 401; the tutorial's routes are as open as they are", () => {
  for (const operation of operations().filter(isProtected)) assert.ok(operation.responses[401], operation.name);
  const named = Object.fromEntries(operations().map((operation) => [operation.name, operation]));
  assert.ok(isProtected(named["get /me"]));
  assert.ok(isProtected(named["get /admin/stats"]));
  assert.ok(named["get /admin/stats"].responses[403]);
  for (const open of ["post /auth/login", "get /healthz"]) assert.ok(!isProtected(named[open]), open);
});

test("the security scheme is the OAuth2 password flow at the login route", () => {
  const used = new Set(operations().flatMap((operation) => operation.security ?? []).flatMap(Object.keys));
  const schemes = description.components.securitySchemes;
  for (const name of used) assert.ok(schemes[name], name);
  const flows = Object.values(schemes).filter((scheme) => scheme.type === "oauth2").map((scheme) => scheme.flows);
  assert.equal(flows.length, 1);
  const login = new URL(flows[0].password.tokenUrl, `${server.url}/openapi.json`);
  assert.equal(login.href, `${server.url}/auth/login`);
});

test("errors are described by the one shape, as JSON and as problem details, and those of OAuth 2 by its own", () => {
  for (const operation of operations()) {
    for (const [status, response] of Object.entries(operation.responses)) {
      if (!/^[45]/.test(status)) continue;
      const { content } = resolve(response);
      assert.ok(content["application/json"].schema, `${operation.name} ${status}`);
      const isOAuth = content["application/json"].schema.$ref === "#/components/schemas/OAuthError";
      assert.equal(isOAuth, operation.name.startsWith("post /oauth2/"), operation.name);
      assert.equal(!isOAuth, Boolean(content["application/problem+json"]?.schema), `${operation.name} ${status}`);
    }
  }
});

// A checker of one answer against the schema that its operation documents for its status.
function documented(method, path, status) {
  const ajv = new Ajv2020({ strict: false, validateFormats: false });
  ajv.addSchema({ ...description, $id: "https://cardea.test/openapi" });
  const pointer = ["paths", path, method, "responses", String(status)];
  const response = resolve(pointer.reduce((node, key) => node[key], description));
  const { schema } = response.content["application/json"];
  return ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"https://cardea.test/openapi#/')));
}

async function login(form) {
  return fetch(`${server.url}/auth/login`, { method: "POST", body: new URLSearchParams(form) });
}

test("what the server answers is what it describes", async () => {
  const token = (await (await login({ username: "bob", password: "bobpw" })).json()).access_token;
  const as = (value) => ({ headers: { Authorization: `Bearer ${value}` } });
  const answers = [
    ["post", "/auth/login", 200, await login({ username: "alice", password: "alicepw" })],
    ["post", "/auth/login", 401, await login({ username: "alice", password: "bobpw" })],
    ["post", "/auth/login", 422, await login({ username: "alice" })],
    ["get", "/me", 200, await fetch(`${server.url}/me`, as(token))],
    ["get", "/me", 401, await fetch(`${server.url}/me`, as("x"))],
    ["get", "/admin/stats", 403, await fetch(`${server.url}/admin/stats`, as(token))],
    ["get", "/healthz", 200, await fetch(`${server.url}/healthz`)],
    ["get", "/readyz", 200, await fetch(`${server.url}/readyz`)],
  ];
  for (const [method, path, status, answer] of answers) {
    assert.equal(answer.status, status, path);
    const fits = documented(method, path, status);
    const body = await answer.json();
    assert.ok(fits(body), `${path} ${status} ${JSON.stringify(body)} ${JSON.stringify(fits.errors)}`);
  }
});
