// The tables below tests/cases/, as tests/support/mod.rs runs them natively: the same expectations through the package.
import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";

/** Every table: its name (`aws/operators.json`) and content. */
export function tables(folder) {
  return readdirSync(folder, { recursive: true })
    .map((name) => String(name).replaceAll("\\", "/"))
    .filter((name) => name.endsWith(".json"))
    .sort()
    .map((name) => ({ name, ...JSON.parse(readFileSync(join(folder, name), "utf8")) }));
}

/** The arguments of a function in the order of its signature. */
const SIGNATURES = {
  inspect: null,
  decode: ["token", "options"],
  verify: ["token", "options"],
  evaluate: ["claims", "trust", "options"],
  decide: ["claims", "trust", "options"],
  lint: ["trust", "options"],
  survey: ["trust", "options"],
  claimsFrom: ["text"],
  trustsFrom: ["text"],
  detect: ["text"],
  explainError: ["text"],
  redact: ["token", "options"],
};

/** What is wrong with one case; nothing if it is as expected. */
export function check(api, table, one) {
  const argument = merge(structuredClone(table.base ?? {}), one.input ?? {});
  if (Object.keys(one.expect ?? {}).length === 0) return ["expects nothing"];
  const names = SIGNATURES[table.function];
  if (names === undefined) return [`unknown function ${table.function}`];
  if (names !== null && Object.keys(argument).some((name) => !names.includes(name))) {
    // A signature has no room for an unknown argument: only the JSON of the core has.
    return one.expect.error === "ERR_ARGUMENT" ? [] : ["has an argument that the function does not take"];
  }
  // The package fills in the system's clock: what the core says without one cannot be asked for through it.
  const clocks = { inspect: argument.now, verify: argument.options?.now };
  if (table.function in clocks && clocks[table.function] === undefined && one.expect.error === undefined) return [];
  let result;
  try {
    const value = names === null ? api.inspect(argument) : api[table.function](...names.map((name) => argument[name]));
    result = value;
  } catch (error) {
    if (!(error instanceof api.CircleciOidcError)) return [`threw ${error}`];
    result = { error: error.code, message: error.message };
  }
  if (result?.error !== undefined && one.expect.error === undefined) return [`threw ${result.error}: ${result.message}`];
  return Object.entries(one.expect).flatMap(([key, expected]) => failure(result, key, expected) ?? []);
}

function failure(result, key, expected) {
  switch (key) {
    case "decision":
    case "verdict":
    case "error":
      return result[key] === expected ? undefined : `${key} is ${result[key]}, expected ${expected} (${result.headline})`;
    case "headline~":
    case "message~": {
      const actual = String(result[key.slice(0, -1)] ?? "");
      return actual.includes(expected) ? undefined : `${key} ${expected} is not in ${actual}`;
    }
    case "steps":
      return missing(expected, [...steps(result.steps)]);
    case "no_steps": {
      const all = [...steps(result.steps)];
      const found = expected.find((step) => all.includes(step));
      return found && `there is a step ${found}`;
    }
    case "findings":
      return missing(expected, findings(result).map(({ code }) => code));
    case "no_findings": {
      const found = expected.find((code) => findings(result).some((finding) => finding.code === code));
      return found && `there is a finding ${found}`;
    }
    case "probes":
      return missing(expected, (result.probes ?? []).map(({ code, decision, dangerous }) => `${code} ${decision}${dangerous ? "!" : ""}`));
    case "hints": {
      const all = [...hints(result.steps)];
      // A fix that the case does not expect is one too many.
      const more = all.find((hint) => (expected.length === 0 || hint.includes(": ")) && !expected.includes(hint));
      return missing(expected, all) ?? (more && `there is ${more}`);
    }
    case "fixes":
      return missing(expected, findings(result).filter(({ fix }) => fix !== undefined).map(({ code, fix }) => `${code}: ${fix}`));
    default: {
      if (key !== "" && !key.startsWith("/")) return `unknown expectation ${key}`;
      const actual = pointer(result, key);
      return same(actual ?? null, expected) ? undefined : `${key} is ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`;
    }
  }
}

function missing(expected, all) {
  const wanted = expected.find((one) => !all.includes(one));
  return wanted && `no ${wanted} among ${all.join(", ")}`;
}

function* steps(tree) {
  for (const step of tree ?? []) {
    yield `${step.code} ${step.outcome}`;
    yield* steps(step.children);
  }
}

/** Also of an answer that is nothing but findings. */
function findings(result) {
  return Array.isArray(result) ? result : (result?.findings ?? []);
}

function* hints(tree) {
  for (const { hint, children } of tree ?? []) {
    if (hint) yield hint.fix === undefined ? hint.code : `${hint.code}: ${hint.fix}`;
    yield* hints(children);
  }
}

/** RFC 6901. */
function pointer(value, path) {
  const names = path.split("/").slice(1).map((name) => name.replaceAll("~1", "/").replaceAll("~0", "~"));
  return names.reduce((inner, name) => (inner === null || typeof inner !== "object" ? undefined : inner[name]), value);
}

/** RFC 7396. */
export function merge(target, patch) {
  if (patch === null || typeof patch !== "object" || Array.isArray(patch)) return patch;
  const merged = target === null || typeof target !== "object" || Array.isArray(target) ? {} : target;
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete merged[name];
    else merged[name] = merge(merged[name], value);
  }
  return merged;
}

function same(left, right) {
  if (left === right) return true;
  if (typeof left !== "object" || typeof right !== "object" || left === null || right === null) return false;
  if (Array.isArray(left) !== Array.isArray(right)) return false;
  const names = Object.keys(left);
  return names.length === Object.keys(right).length && names.every((name) => Object.hasOwn(right, name) && same(left[name], right[name]));
}
