// npm's oauth4webapi and openid-client, unchanged, against `cardea serve`: what they have to know comes from the metadata.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { after, before, test } from "node:test";

import "../harness/web_crypto.mjs";
import * as oauth from "oauth4webapi";
import * as openid from "openid-client";

import { cleanEnvironment, executable, startServer } from "../browser/server.mjs";

// Both insist on https, which loopback does without.
const onLoopback = { [oauth.allowInsecureRequests]: true };

let server;
let client;

before(async () => {
  server = await startServer("--signing-algorithm", "ES256");
  client = JSON.parse(cardea("client", "add", "billing", "--json", "--scope", "keys:read clients:read"));
});

after(() => server?.stop());

function cardea(...words) {
  const environment = { env: cleanEnvironment(server.folder), encoding: "utf8" };
  return execFileSync(executable, [...words, "--database", server.database], environment);
}

async function logIn() {
  const body = new URLSearchParams({ username: "bob", password: "bobpw" });
  return (await fetch(`${server.url}/auth/login`, { method: "POST", body })).json();
}

const get = (path, token) => fetch(server.url + path, { headers: { Authorization: `Bearer ${token}` } });

async function discovered() {
  const issuer = new URL(server.url);
  const answer = await oauth.discoveryRequest(issuer, { algorithm: "oauth2", ...onLoopback });
  return oauth.processDiscoveryResponse(issuer, answer);
}

const who = () => ({ client_id: client.client_id });
const authentications = {
  client_secret_basic: () => oauth.ClientSecretBasic(client.client_secret),
  client_secret_post: () => oauth.ClientSecretPost(client.client_secret),
};

test("oauth4webapi: a client gets a token by either way to authenticate and uses it", async () => {
  const metadata = await discovered();
  assert.deepEqual(metadata.token_endpoint_auth_methods_supported, Object.keys(authentications));
  for (const [method, authentication] of Object.entries(authentications)) {
    const parameters = { scope: "keys:read" };
    const answer = await oauth.clientCredentialsGrantRequest(metadata, who(), authentication(), parameters, onLoopback);
    const token = await oauth.processClientCredentialsResponse(metadata, who(), answer);
    assert.equal(token.scope, "keys:read", method);
    assert.equal((await get("/admin/keys", token.access_token)).status, 200);
    assert.equal((await get("/admin/clients", token.access_token)).status, 403);
  }
});

test("oauth4webapi: an access token is one of RFC 9068, by the keys that the metadata names", async () => {
  const metadata = await discovered();
  const { access_token } = await logIn();
  const request = new Request(`${server.url}/me`, { headers: { Authorization: `Bearer ${access_token}` } });
  const claims = await oauth.validateJwtAccessToken(metadata, request, server.url, onLoopback);
  assert.equal(claims.sub, "bob");
});

test("oauth4webapi: a user's tokens are refreshed, asked about and given back", async () => {
  const metadata = await discovered();
  const authentication = authentications.client_secret_basic();
  const login = await logIn();
  const refresh = (token) => oauth.refreshTokenGrantRequest(metadata, who(), authentication, token, onLoopback);
  const active = async (token) => {
    const answer = await oauth.introspectionRequest(metadata, who(), authentication, token, onLoopback);
    return oauth.processIntrospectionResponse(metadata, who(), answer);
  };
  const next = await oauth.processRefreshTokenResponse(metadata, who(), await refresh(login.refresh_token));
  assert.notEqual(next.refresh_token, login.refresh_token);
  assert.equal((await get("/me", next.access_token)).status, 200);

  const access = await active(next.access_token);
  assert.equal(access.active, true);
  assert.equal(access.username, "bob");
  assert.equal((await active(next.refresh_token)).active, true);
  assert.deepEqual(await active("unknown"), { active: false });

  await oauth.processRevocationResponse(
    await oauth.revocationRequest(metadata, who(), authentication, next.refresh_token, onLoopback),
  );
  assert.equal((await get("/me", next.access_token)).status, 401);
  assert.deepEqual(await active(next.access_token), { active: false });
  await assert.rejects(
    async () => oauth.processRefreshTokenResponse(metadata, who(), await refresh(next.refresh_token)),
    (refused) => refused instanceof oauth.ResponseBodyError && refused.error === "invalid_grant",
  );
});

test("oauth4webapi: a refusal is understood", async () => {
  const metadata = await discovered();
  const refused = async (authentication, scope) => {
    const answer = await oauth.clientCredentialsGrantRequest(metadata, who(), authentication, { scope }, onLoopback);
    return oauth.processClientCredentialsResponse(metadata, who(), answer);
  };
  await assert.rejects(refused(authentications.client_secret_basic(), "keys:rotate"), { error: "invalid_scope" });
  for (const wrong of [oauth.ClientSecretPost("wrong"), oauth.ClientSecretBasic("wrong")]) {
    await assert.rejects(refused(wrong, "keys:read"), (error) => {
      assert.ok(error instanceof oauth.WWWAuthenticateChallengeError);
      assert.deepEqual([error.status, error.cause[0].scheme], [401, "basic"]);
      return true;
    });
  }
});

function configuration(authentication = undefined) {
  return openid.discovery(new URL(server.url), client.client_id, client.client_secret, authentication, {
    algorithm: "oauth2",
    execute: [openid.allowInsecureRequests],
  });
}

test("openid-client: a client gets a token by the metadata and gives it back", async () => {
  for (const authentication of [undefined, openid.ClientSecretBasic(client.client_secret)]) {
    const config = await configuration(authentication);
    assert.equal(config.serverMetadata().issuer, server.url);
    const token = await openid.clientCredentialsGrant(config, { scope: "keys:read" });
    assert.equal(token.scope, "keys:read");
    assert.ok(token.expiresIn() > 0);
    assert.equal((await get("/admin/keys", token.access_token)).status, 200);
    const held = await openid.tokenIntrospection(config, token.access_token);
    assert.equal(held.active, true);
    assert.equal(held.client_id, client.client_id);
    await openid.tokenRevocation(config, token.access_token, { token_type_hint: "access_token" });
  }
});

test("openid-client: a user's tokens are refreshed and given back", async () => {
  const config = await configuration();
  const login = await logIn();
  const next = await openid.refreshTokenGrant(config, login.refresh_token);
  const again = await openid.refreshTokenGrant(config, login.refresh_token);
  assert.equal(again.refresh_token, next.refresh_token, "a lost reply is answered again");
  const answer = await openid.fetchProtectedResource(config, next.access_token, new URL(`${server.url}/me`), "GET");
  assert.equal((await answer.json()).username, "bob");
  await openid.tokenRevocation(config, next.refresh_token);
  assert.equal((await get("/me", next.access_token)).status, 401);
  await assert.rejects(openid.refreshTokenGrant(config, next.refresh_token), { error: "invalid_grant" });
});
