#!/usr/bin/env node
// Time per verification of this package beside npm jose, in one run, and memory over many verifications.
// node bench/verify.mjs            prints
// node bench/verify.mjs --assert   also fails above 6 times jose, above 20 ms with ES256, where `inspect` takes over 5 times as long, or
//                                  where memory grows
//
// Beside `verify`, `inspect` of the same token with a configuration of each of the four providers, without probes.
//
// Both verify the same token (RS256, 2048 bits) with the key set as an object, and check issuer, audience and time. The rounds
// alternate, so that what else the machine does meets both; the median of the rounds counts.
import { generateKeyPairSync, sign } from "node:crypto";

import { createLocalJWKSet, jwtVerify } from "jose";

import { inspect, samples, verify } from "../dist/index.js";

const ROUNDS = 9;
const CALLS = 300;
const MEMORY_CALLS = 100_000;
const MOST = 6;
/** For ES256, whose arithmetic is not made for speed: no CircleCI token needs it, only CircleCI server's may. */
const MOST_MILLISECONDS = 20;
/** For everything about a token and four configurations, in times of one verification. */
const MOST_INSPECT = 5;
/** Growth that a garbage collector's mood explains. */
const MOST_GROWTH = 8 * 1024 * 1024;

const { token, jwks, organization, now, trust } = samples();
const options = { jwks, organization, now };
const keys = createLocalJWKSet(jwks);
const joseOptions = { issuer: `https://oidc.circleci.com/org/${organization}`, audience: organization, algorithms: ["RS256"], currentDate: new Date(now * 1000) };

function ours() {
  if (verify(token, options).verdict !== "valid") throw new Error("the sample token must be valid");
}
async function theirs() {
  await jwtVerify(token, keys, joseOptions);
}

function everything() {
  const { verification, trust: results } = inspect({ ...options, token, trust, probes: false });
  if (verification.verdict !== "valid" || results.length !== 4 || results.some(({ decision }) => decision !== "allow")) throw new Error("the sample token must be valid, and let in");
}

const times = { ours: [], theirs: [], everything: [] };
for (let round = -1; round < ROUNDS; round += 1) {
  for (const [name, call] of [["ours", ours], ["theirs", theirs], ["everything", everything]]) {
    const start = process.hrtime.bigint();
    for (let index = 0; index < CALLS; index += 1) await call();
    const microseconds = Number(process.hrtime.bigint() - start) / 1000 / CALLS;
    // The first round warms up.
    if (round >= 0) times[name].push(microseconds);
  }
}
const median = (list) => [...list].sort((left, right) => left - right)[Math.floor(list.length / 2)];
const spread = (list) => `${Math.min(...list).toFixed(0)} to ${Math.max(...list).toFixed(0)}`;
const ratio = median(times.ours) / median(times.theirs);
console.log(`circleci-oidc verify    ${median(times.ours).toFixed(0)} µs (${spread(times.ours)})`);
console.log(`jose await jwtVerify    ${median(times.theirs).toFixed(0)} µs (${spread(times.theirs)})`);
console.log(`ratio                   ${ratio.toFixed(1)} (at most ${MOST})`);
const inspection = median(times.everything) / median(times.ours);
console.log(`circleci-oidc inspect   ${median(times.everything).toFixed(0)} µs (${spread(times.everything)}), four providers without probes`);
console.log(`times verify            ${inspection.toFixed(1)} (at most ${MOST_INSPECT})`);

/** Milliseconds for a token of this algorithm. Node makes key and signature. */
function ecdsa(alg, namedCurve, hash) {
  const { publicKey, privateKey } = generateKeyPairSync("ec", { namedCurve });
  const encoded = (value) => Buffer.from(JSON.stringify(value)).toString("base64url");
  const signed = `${encoded({ alg })}.${encoded({ iss: joseOptions.issuer, aud: organization, iat: now, exp: now + 3600 })}`;
  const signature = sign(hash, Buffer.from(signed), { key: privateKey, dsaEncoding: "ieee-p1363" }).toString("base64url");
  const settings = { jwks: { keys: [publicKey.export({ format: "jwk" })] }, issuer: joseOptions.issuer, audience: organization, algorithms: [alg], now };
  const rounds = Array.from({ length: 2 * ROUNDS }, () => {
    const start = process.hrtime.bigint();
    if (verify(`${signed}.${signature}`, settings).verdict !== "valid") throw new Error(`the token with ${alg} must be valid`);
    return Number(process.hrtime.bigint() - start) / 1e6;
  });
  return median(rounds);
}
const [es256, es384] = [ecdsa("ES256", "P-256", "sha256"), ecdsa("ES384", "P-384", "sha384")];
console.log(`circleci-oidc ES256     ${es256.toFixed(1)} ms (at most ${MOST_MILLISECONDS}), ES384 ${es384.toFixed(1)} ms`);

/** WebAssembly's memory and all buffers count as external; the former never shrinks. */
function memory() {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return { heap: heapUsed, external };
}
for (let index = 0; index < 2000; index += 1) ours();
const before = memory();
for (let index = 0; index < MEMORY_CALLS; index += 1) ours();
const after = memory();
const growth = { heap: after.heap - before.heap, external: after.external - before.external };
const mib = (bytes) => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
console.log(`memory over ${MEMORY_CALLS} verifications: heap ${mib(before.heap)} then ${mib(growth.heap)} more, WebAssembly and buffers ${mib(before.external)} then ${mib(growth.external)} more`);

if (process.argv.includes("--assert")) {
  const grew = Object.values(growth).some((bytes) => bytes > MOST_GROWTH);
  if (ratio > MOST) console.error(`slower than ${MOST} times jose`);
  if (es256 > MOST_MILLISECONDS) console.error(`ES256 takes over ${MOST_MILLISECONDS} ms`);
  if (grew) console.error(`memory grew by more than ${mib(MOST_GROWTH)}`);
  if (inspection > MOST_INSPECT) console.error(`inspect takes over ${MOST_INSPECT} times as long as verify`);
  if (ratio > MOST || inspection > MOST_INSPECT || es256 > MOST_MILLISECONDS || grew) process.exitCode = 1;
}
