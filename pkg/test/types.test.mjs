// The types are written by hand: what the package returns must be what they say, and wrong calls must not compile.
import assert from "node:assert/strict";
import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { test } from "node:test";

import { tables } from "./cases.mjs";
import { folder as installed, imported as api, root } from "./installed.mjs";

const folder = join(installed, "types");
mkdirSync(folder, { recursive: true });
const tsc = join(dirname(createRequire(import.meta.url).resolve("typescript/package.json")), "bin/tsc");
const STRICT = ["--strict", "--noEmit", "--target", "es2022", "--lib", "es2022", "--types", "", "--ignoreConfig"];

/** What the compiler complains of; empty if it is content. */
function compile(files, options) {
  const { stdout, stderr } = spawnSync(process.execPath, [tsc, ...STRICT, ...options, ...files], { cwd: folder, encoding: "utf8" });
  return `${stdout}${stderr}`.trim();
}

function write(name, text) {
  writeFileSync(join(folder, name), text);
  return name;
}

const samples = api.samples();
const base = { jwks: samples.jwks, organization: samples.organization, now: samples.now };
const results = [["Samples", samples]];
for (const { token, trust } of samples.cases) {
  results.push(["Report", api.inspect({ ...base, token, trust: [trust] })]);
}
// Every result of every table, so that rare members are met too.
for (const table of tables(join(root, "tests/cases"))) {
  const type = { inspect: "Report", decode: "Decoded", verify: "Verification", evaluate: "TrustResult", decide: "Decision[]", lint: "Finding[]", survey: "Survey", claimsFrom: "Evidence | null", trustsFrom: "FoundTrust[]", detect: "Detected", explainError: "Explanation | null" }[table.function];
  if (type === undefined) continue;
  for (const one of table.cases) {
    const argument = { ...table.base, ...one.input };
    const value = attempt(() => (table.function === "inspect" ? api.inspect(argument) : call(table.function, argument)));
    if (value !== undefined) results.push([type, value]);
  }
}

function call(name, { token, options, claims, trust, text }) {
  return name === "evaluate" || name === "decide" ? api[name](claims, trust, options) : ["claimsFrom", "trustsFrom", "detect", "explainError"].includes(name) ? api[name](text) : name === "lint" || name === "survey" ? api[name](trust, options) : api[name](token, options);
}

function attempt(run) {
  try {
    return run();
  } catch (error) {
    if (error instanceof api.CircleciOidcError) return undefined;
    throw error;
  }
}

test(`${results.length} results are of their types, and hold nothing else`, () => {
  const lines = results.map(([type, value], index) => `const r${index} = ${JSON.stringify(value)} satisfies ${type};`);
  const names = results.map((_, index) => `r${index}`);
  const file = write("results.ts", `import type { Decision, Decoded, Detected, Evidence, Explanation, Finding, FoundTrust, Report, Samples, Survey, TrustResult, Verification } from "circleci-oidc";\n${lines.join("\n")}\nexport default [${names}];\ntype Used = [Decision, Decoded, Detected, Evidence, Explanation, Finding, FoundTrust, Report, Samples, Survey, TrustResult, Verification]; export type { Used };\n`);
  assert.equal(compile([file], ["--module", "preserve", "--moduleResolution", "bundler"]), "");
});

const CALLS = `
const report = inspect({ token: "a.b.c", organization: "o", audience: null, trust: [{ provider: "aws", policy: {}, resourceControlPolicies: ["", {}] }] });
const words: string = redact("a.b.c", { ids: true });
export { report };
const decision: "allow" | "deny" | "invalid" | "unknown" = evaluate({ sub: "x" }, { provider: "aws", policy: "{}" }, { partial: true }).decision;
const verdict: "valid" | "invalid" | "unverified" = verify("a.b.c", { require: { "oidc.circleci.com/ssh-rerun": false } }).verdict;
const detected = detect("x");
if (detected.kind === "trust") detected.provider; else if (detected.kind === "other") detected.advice;
try { decode("x"); } catch (error) { if (error instanceof CircleciOidcError) { const code: "ERR_ARGUMENT" | "ERR_TOO_LARGE" | "ERR_WASM" | "ERR_FETCH" = error.code; void code; } }
export { decision, verdict, words }; export const named = [decode("x", { names: {} }), lint({ provider: "aws", policy: "" }, { names: {} }), survey({ provider: "aws", policy: "" }, { names: {} }), verify("x", { names: {} })];
export const more = [samples(), lint({ provider: "aws", policy: "" }), survey({ provider: "aws", policy: "" }).issuers];
const evidence = claimsFrom("x");
const explanation = explainError("x");
if (explanation?.stage === "trust") inspect({ claims: {}, names: { "3f6b1c52-8d0e-4a97-b3c4-5e92d7a6f018": explanation.provider ?? "none" } }).decoded.table.map(({ named }) => named);
if (evidence !== null) inspect({ claims: evidence.claims, partial: evidence.partial, derived: evidence.derived, alg: evidence.alg });
for (const { trust, when, at } of trustsFrom("[]")) evaluate({}, trust, { derived: evidence?.derived, alg: evidence?.alg }), void [when === "before", at?.line];
`;
/** The other entries; nothing of a browser's or Node's types is needed for them. */
const ENTRIES = `
import { init, decode as slimDecode, type Decoded } from "circleci-oidc/slim";
import { CircleciOidcError as FetchError, fetchJwks, type Jwks } from "circleci-oidc/jwks";
declare const bytes: Uint8Array; declare const compiled: object; declare const signal: Signal;
import type { Signal } from "circleci-oidc/jwks";
init(bytes); init(compiled);
export const again: Decoded = slimDecode("x");
export const set: Promise<Jwks> = fetchJwks("https://oidc.circleci.com/org/a", { signal, timeout: 1000, allowHosts: ["ci.example.com"] });
export const verified = set.then((jwks) => verify("a.b.c", { jwks })).catch((error) => error instanceof FetchError && error.code === "ERR_FETCH");
`;
const NAMES = "{ CircleciOidcError, claimsFrom, decode, detect, evaluate, explainError, inspect, lint, redact, samples, survey, trustsFrom, verify }";

for (const [name, file, options] of [
  ["ECMAScript modules", "calls.mts", ["--module", "nodenext"]],
  ["CommonJS", "calls.cts", ["--module", "nodenext"]],
  ["a bundler", "calls.ts", ["--module", "preserve", "--moduleResolution", "bundler"]],
]) {
  test(`the types resolve from ${name}`, () => {
    write(file, `import ${NAMES} from "circleci-oidc";\n${CALLS}${ENTRIES}`);
    assert.equal(compile([file], options), "");
  });
}

const WRONG = {
  "verify without options": 'verify("a.b.c");',
  "a misspelt option": 'verify("a.b.c", { audiance: "x" });',
  "a clock in words": 'verify("a.b.c", { now: "today" });',
  "an algorithm that is not taken": 'verify("a.b.c", { algorithms: ["none"] });',
  "a provider that is not built": 'evaluate({}, { provider: "nomad", role: "{}" });',
  "a product that there is not": 'evaluate({}, { provider: "vault", role: "{}", product: "consul" });',
  "no workload identity pool provider": 'evaluate({}, { provider: "gcp", iamPolicy: "{}" });',
  "no credentials": 'evaluate({}, { provider: "azure" });',
  "a resource control policy that is no list": 'evaluate({}, { provider: "aws", policy: "", resourceControlPolicies: "" });',
  "no policy": 'evaluate({}, { provider: "aws" });',
  "a decision that there is not": 'if (evaluate({}, { provider: "aws", policy: "" }).decision === "allowed") {}',
  "an unknown as a boolean": 'const yes: boolean = verify("a.b.c", {}).verdict;',
  "a code that there is not": 'if (new CircleciOidcError("x").code === "ERR_TOKEN") {}',
  "a promise of the core": 'import { init } from "circleci-oidc/slim"; init(Promise.resolve({}));',
  "a path of the core": 'import { init } from "circleci-oidc/slim"; init("core.wasm");',
  "one host": 'import { fetchJwks } from "circleci-oidc/jwks"; fetchJwks("x", { allowHosts: "h" });',
  "a misspelt option of fetchJwks": 'import { fetchJwks } from "circleci-oidc/jwks"; fetchJwks("x", { timeOut: 1 });',
  "fetchJwks in the main entry": 'import { fetchJwks } from "circleci-oidc";',
  "names as a list": 'evaluate({}, { provider: "aws", policy: "" }, { names: ["x"] });',
  "a stage that there is not": 'if (explainError("x")?.stage === "policy") {}',
  "a member that is not built": 'evaluate({}, { provider: "aws", policy: "" }).recipe;',
};
test("the types of browsers and Node fit", () => {
  const code = `import { init } from "circleci-oidc/slim"; import { fetchJwks } from "circleci-oidc/jwks";
init(await WebAssembly.compileStreaming(fetch("/core.wasm"))); fetchJwks("x", { signal: AbortSignal.timeout(1) });`;
  const file = write("platform.mts", code);
  assert.equal(compile([file], ["--module", "nodenext", "--target", "es2022", "--lib", "es2022,dom"]), "");
});

test("wrong calls do not compile", () => {
  for (const [name, code] of Object.entries(WRONG)) {
    const file = write("wrong.mts", `import ${NAMES} from "circleci-oidc";\n${CALLS}\n${code}\n`);
    const line = CALLS.split("\n").length + 2;
    assert.match(compile([file], ["--module", "nodenext"]), new RegExp(`^wrong\\.mts\\((${line - 1}|${line}),`), name);
  }
});

test("the sources of the package pass the compiler", () => {
  execFileSync(process.execPath, [tsc, "-p", "."], { cwd: join(root, "pkg"), stdio: ["ignore", "pipe", "pipe"] });
});
