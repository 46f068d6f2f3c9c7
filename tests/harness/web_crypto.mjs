// Debian 12's Node.js 18 has Web Crypto, but not as the global that the npm packages take for granted.
import { webcrypto } from "node:crypto";

globalThis.crypto ??= webcrypto;
