import { CircleciOidcError, type Claim, type InspectInput, type Report, type Survey, type TrustResult, evaluate, inspect, survey } from "circleci-oidc";

import type { Configuration } from "./configurations.js";
import type { Inputs } from "./inputs.js";
import type { Reading } from "./reading.js";

/** Names of ids; what is no object of texts says so when it is used. */
function namesOf({ names }: Inputs): Pick<InspectInput, "names"> {
  if (names.trim() === "") return {};
  try {
    return { names: JSON.parse(names) as Record<string, string> };
  } catch {
    throw new NamesProblem();
  }
}

class NamesProblem extends Error {
  override message = 'The names of ids are no JSON object, as {"9f3c…": "payments-api"}';
}

/** A reading that tells of a job. */
export type Told = Extract<Reading, { kind: "token" | "evidence" }>;

/** What the token says and whether it is genuine, ours and current; nothing of configurations. */
export function report(reading: Told, inputs: Inputs, now: number): Report {
  const presented = reading.kind === "evidence" ? reading.evidence.presentedAt : undefined;
  return inspect({ ...subject(reading), ...pinned(inputs), ...namesOf(inputs), now: inputs.clock ?? presented ?? now });
}

/** One configuration's answer. */
export function judge(reading: Told, { trust }: Configuration, inputs: Inputs, probes: boolean): TrustResult {
  const { clock } = inputs;
  const names = namesOf(inputs);
  if (reading.kind === "token") {
    // This also knows of a token that cannot be read cleanly.
    const [result] = inspect({ token: reading.token, trust: [trust], now: clock ?? 0, trustAt: clock === undefined ? "issued" : "now", probes, ...names }).trust;
    if (result !== undefined) return result;
  }
  const { evidence } = reading as Extract<Told, { kind: "evidence" }>;
  const { claims, partial, derived, alg, refused } = evidence;
  return evaluate(claims, trust, { partial, derived, alg, refused, now: clock, probes, ...names });
}

/** What can be said of one configuration without a job. */
export function look({ trust }: Configuration, inputs: Inputs): Survey {
  return survey(trust, namesOf(inputs));
}

function subject(reading: Told): InspectInput {
  if (reading.kind === "token") return { token: reading.token };
  const { claims, partial, derived, alg, refused } = reading.evidence;
  return { claims, partial, derived, alg, refused };
}

function pinned({ organization, audience, keySet }: Inputs): Partial<InspectInput> {
  return {
    ...(organization.trim() === "" ? {} : { organization: organization.trim() }),
    ...(audience.trim() === "" ? {} : { audience: audience.trim() }),
    ...(keySet.trim() === "" ? {} : { jwks: keySet }),
  };
}

/** Whether a claim is a time in seconds. */
export function isTime({ name, value }: Claim): boolean {
  return ["iat", "exp", "nbf"].includes(name) && typeof value === "number" && Math.abs(value) < 1e12;
}

/** What went wrong, for people; anything but the package's own error is a mistake of this page and goes on. */
export function problemOf(error: unknown): string {
  if (error instanceof NamesProblem) return error.message;
  if (error instanceof CircleciOidcError) return error.message.replace(/^trust(\[0\])?\./, "");
  throw error;
}
