// Starts a cardea with the demo users on a free loopback port, in a folder of its own, and stops it by its process id.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { fileURLToPath } from "node:url";

const START_MS = 30_000; // generous: sanitizer builds on a loaded machine
const repository = path.resolve(path.dirname(fileURLToPath(import.meta.url)), "../..");

export const executable = process.env.CARDEA_EXECUTABLE ?? path.join(repository, "build/bin/cardea");

async function freePort() {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const { port } = probe.address();
  probe.close();
  await once(probe, "close");
  return port;
}

function listens(port) {
  return new Promise((resolve) => {
    const attempt = connect(port, "127.0.0.1");
    attempt.once("connect", () => (attempt.destroy(), resolve(true)));
    attempt.once("error", () => resolve(false));
  });
}

// The environment without the caller's configuration.
export function cleanEnvironment(folder) {
  const kept = Object.entries(process.env).filter(([name]) => name === "PATH" || name.endsWith("SAN_OPTIONS"));
  return { ...Object.fromEntries(kept), HOME: folder, LANG: "C.UTF-8", TZ: "UTC" };
}

// `stop` sends SIGTERM and insists on exit status 0.
export async function startServer(...options) {
  const folder = await mkdtemp(path.join(tmpdir(), "cardea-browser-"));
  const port = await freePort();
  const database = `sqlite:${folder}/cardea.db`;
  const words = ["serve", "--demo", "--listen", `127.0.0.1:${port}`, "--database", database, ...options];
  const server = spawn(executable, words, { cwd: folder, env: cleanEnvironment(folder), stdio: ["ignore", "pipe", "pipe"] });
  let log = "";
  for (const stream of [server.stdout, server.stderr]) stream.on("data", (text) => (log += text));
  const ended = once(server, "exit");
  const deadline = Date.now() + START_MS;
  while (!(await listens(port))) {
    assert.equal(server.exitCode, null, `the server did not start:\n${log}`);
    if (Date.now() > deadline) server.kill("SIGKILL");
    await pause(20);
  }
  return {
    url: `http://127.0.0.1:${port}`,
    folder,
    database,
    async stop() {
      server.kill("SIGTERM");
      const [status] = await ended;
      await rm(folder, { recursive: true, force: true });
      assert.equal(status, 0, `the server ended badly:\n${log}`);
    },
  };
}
