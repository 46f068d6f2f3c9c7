// The tutorial's service on Fastify and @fastify/jwt, for bench/report.py. Usage: node main.mjs PORT PROCESSES; the HS256
// secret is in PEER_SECRET. Ends on SIGTERM. Answers have schemas, which is what Fastify writes JSON fast by.
import cluster from "node:cluster";
import process from "node:process";

import formbody from "@fastify/formbody";
import jwt from "@fastify/jwt";
import bcrypt from "bcrypt";
import Fastify from "fastify";

const LIFETIME_SECONDS = 30 * 60;
const ROUNDS = 10; // what the documentation of bcrypt uses

const object = (properties) => ({ type: "object", properties });
const text = { type: "string" };
const answers = (properties) => ({ schema: { response: { 200: object(properties) } } });

async function accounts() {
  const account = async (id, username, password, role) =>
    [username, { id, username, role, passwordHash: await bcrypt.hash(password, ROUNDS) }];
  return new Map([await account(1, "alice", "alicepw", "admin"), await account(2, "bob", "bobpw", "user")]);
}

function refusal(statusCode, message) {
  return Object.assign(new Error(message), { statusCode });
}

function addRoutes(app, users) {
  async function currentUser(request) {
    await request.jwtVerify();
    request.account = users.get(request.user.sub);
    if (!request.account) throw refusal(401, "User not found");
  }

  async function admin(request) {
    if (request.account.role !== "admin") throw refusal(403, "Requires role: admin");
  }

  const user = { id: { type: "integer" }, username: text, role: text };
  app.get("/healthz", answers({ status: text }), async () => ({ status: "ok" }));
  app.get("/me", { ...answers(user), onRequest: currentUser }, async (request) => request.account);
  app.get("/admin/stats", { ...answers({ status: text, message: text }), onRequest: [currentUser, admin] },
    async (request) => ({ status: "ok", message: `Hello admin ${request.account.username}` }));

  app.post("/auth/login", answers({ access_token: text, token_type: text }), async (request) => {
    const { username, password } = request.body ?? {};
    const account = users.get(username);
    if (!account || !(await bcrypt.compare(password ?? "", account.passwordHash))) {
      throw refusal(401, "Invalid credentials");
    }
    const token = app.jwt.sign({ sub: account.username, role: account.role }, { expiresIn: LIFETIME_SECONDS });
    return { access_token: token, token_type: "bearer" };
  });
}

async function serve(port) {
  const app = Fastify();
  await app.register(formbody);
  await app.register(jwt, { secret: process.env.PEER_SECRET, sign: { algorithm: "HS256" }, verify: { algorithms: ["HS256"] } });
  app.decorateRequest("account", null);
  addRoutes(app, await accounts());
  await app.listen({ host: "127.0.0.1", port });
  process.once("SIGTERM", () => app.close().then(() => process.exit(0)));
}

function serveBy(processes) {
  const workers = Array.from({ length: processes }, () => cluster.fork());
  process.once("SIGTERM", () => workers.forEach((worker) => worker.process.kill("SIGTERM")));
}

const [port, processes] = process.argv.slice(2).map(Number);
if (cluster.isPrimary && processes > 1) {
  serveBy(processes);
} else {
  await serve(port);
}
