// npm's jose for a test in Python: a question in JSON a line, an answer in JSON a line.
import { createInterface } from "node:readline";

import "../harness/web_crypto.mjs";
import { SignJWT, createLocalJWKSet, exportJWK, generateKeyPair, generateSecret, importJWK, jwtVerify } from "jose";

const ALGORITHMS = ["HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384",
  "ES512", "EdDSA"];

// A JWK set is for public keys: a secret is looked up by its kid here.
function lookup(keys) {
  if (keys.every((key) => key.kty !== "oct")) return createLocalJWKSet({ keys });
  return async ({ alg, kid }) => {
    const key = keys.find((each) => each.kid === kid);
    if (!key) throw new Error("no key of that kid");
    return importJWK(key, alg);
  };
}

let lastKeys, lastLookup;

async function verify({ token, keys, options }) {
  const text = JSON.stringify(keys);
  if (text !== lastKeys) [lastKeys, lastLookup] = [text, lookup(keys)];
  const given = Object.fromEntries(Object.entries(options).filter(([, value]) => value !== null));
  return (await jwtVerify(token, lastLookup, { algorithms: ALGORITHMS, ...given })).payload;
}

async function sign({ claims, key, header }) {
  return new SignJWT(claims).setProtectedHeader(header).sign(await importJWK(key, header.alg));
}

async function make({ algorithm }) {
  const options = { extractable: true };
  if (algorithm.startsWith("HS")) return exportJWK(await generateSecret(algorithm, options));
  return exportJWK((await generateKeyPair(algorithm, options)).privateKey);
}

const answers = { verify, sign, make };

for await (const line of createInterface({ input: process.stdin })) {
  const question = JSON.parse(line);
  let answer;
  try {
    answer = { answer: await answers[question.ask](question) };
  } catch (error) {
    answer = { refused: String(error) };
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
