#!/usr/bin/env node
// Writes src/samples/samples.json: tokens signed with the published test key beside this script, and policies to try them on.
// node tests/samples/generate.mjs           writes (RS256 signatures are deterministic: the same input gives the same bytes)
// node tests/samples/generate.mjs --check   only compares
// node tests/samples/generate.mjs --new-key makes another key first
import { createPrivateKey, generateKeyPairSync, sign } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

import { articleCredential, azureCases } from "./azure.mjs";
import { cases } from "./cases.mjs";
import { articleProvider, gcpCases } from "./gcp.mjs";
import { articlePolicy, role } from "./policies.mjs";
import { vaultCases, vaultProject } from "./vault.mjs";
import { ORGANIZATION, now, tokens } from "./tokens.mjs";

const keyFile = new URL("published-test-key.json", import.meta.url);
const samplesFile = new URL("../../src/samples/samples.json", import.meta.url);
/** Whoever meets this key anywhere must see at once that it protects nothing. */
const KID = "published-test-key-do-not-trust";

if (!existsSync(keyFile) || process.argv.includes("--new-key")) {
  const jwk = generateKeyPairSync("rsa", { modulusLength: 2048 }).privateKey.export({ format: "jwk" });
  writeFileSync(keyFile, `${JSON.stringify({ kid: KID, alg: "RS256", use: "sig", ...jwk }, null, 2)}\n`);
}
const jwk = JSON.parse(readFileSync(keyFile, "utf8"));
const key = createPrivateKey({ key: jwk, format: "jwk" });

const part = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
function signed(claims) {
  const input = `${part({ alg: "RS256", kid: KID, typ: "JWT" })}.${part(claims)}`;
  return `${input}.${sign("sha256", Buffer.from(input), key).toString("base64url")}`;
}
const signedTokens = Object.fromEntries(Object.entries(tokens).map(([name, claims]) => [name, signed(claims)]));

const samples = {
  token: signedTokens.v1,
  jwks: { keys: [{ kty: jwk.kty, kid: KID, use: "sig", alg: "RS256", n: jwk.n, e: jwk.e }] },
  organization: ORGANIZATION,
  now,
  trust: [role("deploy", articlePolicy), articleProvider, articleCredential, vaultProject],
  cases: [...cases, ...gcpCases, ...azureCases, ...vaultCases].map(({ token, ...rest }) => ({ name: rest.name, title: rest.title, token: signedTokens[token], trust: rest.trust, expect: rest.expect })),
};
const text = `${JSON.stringify(samples, null, 1)}\n`;

if (process.argv.includes("--check")) {
  if (readFileSync(samplesFile, "utf8") !== text) {
    console.error("src/samples/samples.json is not what its generator writes; run: node tests/samples/generate.mjs");
    process.exit(1);
  }
} else {
  writeFileSync(samplesFile, text);
  console.log(`${fileURLToPath(samplesFile)}: ${samples.cases.length} cases, ${text.length} bytes`);
}
