// The documentation pages in a real browser: they load from their own host alone, break no rule of their
// Content-Security-Policy, and what they offer works.
//
// CARDEA_DOCS_PICTURE=docs/images/docs.png also writes the picture that the README shows.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { chromium } from "playwright-core";

import { startServer } from "./server.mjs";

const FLAGS = ["--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"];
FLAGS.push("--disable-component-update", "--disable-sync", "--no-sandbox");
const WAIT_MS = 20_000;

let server;
let browser;

before(async () => {
  server = await startServer();
  browser = await chromium.launch({ executablePath: "/usr/bin/chromium", headless: true, args: FLAGS });
});

after(async () => {
  await browser?.close();
  await server?.stop();
});

// A page that writes down whatever should not happen.
async function watchedPage() {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  context.setDefaultTimeout(WAIT_MS);
  const page = await context.newPage();
  const wrong = [];
  page.on("console", (message) => message.type() === "error" && wrong.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => wrong.push(`error: ${error.message}`));
  page.on("requestfailed", (request) => wrong.push(`failed: ${request.url()} ${request.failure()?.errorText}`));
  page.on("request", (request) => {
    const { protocol, origin } = new URL(request.url());
    if (origin !== server.url && !["data:", "blob:"].includes(protocol)) wrong.push(`other host: ${request.url()}`);
  });
  await page.exposeFunction("reportViolation", (text) => wrong.push(`policy: ${text}`));
  await page.addInitScript(() => {
    const report = (event) => window.reportViolation(`${event.violatedDirective} ${event.blockedURI}`);
    document.addEventListener("securitypolicyviolation", report);
  });
  return { page, wrong };
}

// Waits until the page is loaded and two frames more are drawn, so that what it tries after it has rendered is reported.
async function settle(page) {
  await page.waitForLoadState("load");
  await page.evaluate(() => new Promise((drawn) => requestAnimationFrame(() => requestAnimationFrame(drawn))));
}

async function openDocs() {
  const { page, wrong } = await watchedPage();
  const answer = await page.goto(`${server.url}/docs`);
  assert.equal(answer.status(), 200);
  const policy = answer.headers()["content-security-policy"];
  assert.match(policy, /default-src '(self|none)'/);
  assert.doesNotMatch(policy, /https?:|unsafe-eval|script-src[^;]*unsafe-inline|\*/, "only this host's own scripts run");
  await operation(page, "/me").waitFor();
  return { page, wrong };
}

function operation(page, path) {
  return page.locator(".opblock", { has: page.locator(`[data-path="${path}"]`) });
}

// Of the ways to authenticate that the dialog offers, the login of users.
async function tryToAuthorize(page, username, password) {
  await page.locator(".auth-wrapper .btn.authorize").click();
  const dialog = page.locator(".dialog-ux");
  await dialog.locator("#oauth_username").fill(username);
  await dialog.locator("#oauth_password").fill(password);
  await dialog.locator(".auth-container", { has: page.locator("#oauth_username") }).locator(".btn.authorize").click();
  return dialog;
}

async function authorize(page, username, password) {
  const dialog = await tryToAuthorize(page, username, password);
  await dialog.getByText("Logout", { exact: true }).waitFor();
  await dialog.locator(".btn-done").first().click();
}

// Try it out, Execute: the status and the body that the page shows.
async function tryOut(page, path) {
  const block = operation(page, path);
  await block.locator(".opblock-summary-control").click();
  await block.locator(".try-out__btn").click();
  await block.locator(".btn.execute").click();
  const row = block.locator(".live-responses-table .response").first();
  const status = await row.locator(".response-col_status").innerText();
  const body = await row.locator(".response-col_description .highlight-code pre").first().innerText();
  return { block, status: Number.parseInt(status, 10), body: JSON.parse(body) };
}

test("the docs page loads from its own host, without an error and within its policy", async () => {
  const { page, wrong } = await openDocs();
  await settle(page);
  assert.match(await page.title(), /\w/);
  assert.deepEqual(wrong, []);
});

test("after Authorize as alice, GET /me answers 200 with alice", async () => {
  const { page, wrong } = await openDocs();
  await authorize(page, "alice", "alicepw");
  const { block, status, body } = await tryOut(page, "/me");
  assert.equal(status, 200);
  assert.deepEqual(body, { id: 1, username: "alice", role: "admin" });
  assert.deepEqual(wrong, []);
  if (process.env.CARDEA_DOCS_PICTURE) await takePicture(page, block);
});

test("after Authorize as bob, GET /admin/stats answers 403 and says which role it wants", async () => {
  const { page, wrong } = await openDocs();
  await authorize(page, "bob", "bobpw");
  const { status, body } = await tryOut(page, "/admin/stats");
  assert.equal(status, 403);
  assert.equal(body.error.message, "Requires role: admin");
  // Chromium itself writes a line for every answer over 399.
  assert.deepEqual(wrong.filter((line) => !line.includes("status of 403")), []);
});

test("a wrong password is refused in the dialog", async () => {
  const { page } = await openDocs();
  const dialog = await tryToAuthorize(page, "alice", "bobpw");
  await dialog.locator(".errors").waitFor();
  assert.equal(await dialog.getByText("Logout", { exact: true }).count(), 0);
});

test("ReDoc renders from its own host, without an error and within its policy", async () => {
  const { page, wrong } = await watchedPage();
  const answer = await page.goto(`${server.url}/redoc`);
  assert.equal(answer.status(), 200);
  assert.doesNotMatch(answer.headers()["content-security-policy"], /https?:|unsafe-eval|script-src[^;]*unsafe-inline|\*/);
  await page.locator(".api-content").getByText("/admin/stats").first().waitFor({ state: "attached" });
  await settle(page);
  assert.deepEqual(wrong, []);
});

// The page's head and the answer to GET /me.
async function takePicture(page, block) {
  await page.setViewportSize({ width: 1280, height: 1005 });
  await page.locator('.opblock-tag[data-tag="authentication"]').click();
  await block.locator(".live-responses-table .highlight-code").first().waitFor();
  await page.evaluate(() => (document.activeElement.blur(), window.scrollTo(0, 0)));
  await page.mouse.move(0, 0);
  await page.screenshot({ path: process.env.CARDEA_DOCS_PICTURE, animations: "disabled" });
}
