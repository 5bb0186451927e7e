import { type Evidence, type Explanation, claimsFrom, detect, explainError, trustsFrom } from "circleci-oidc";

import type { Slices } from "./slices.js";

/** What the entry field holds. */
export type Reading =
  | { kind: "nothing" }
  | { kind: "token"; token: string; signed: boolean }
  | { kind: "evidence"; evidence: Evidence; message: Explanation | null }
  | { kind: "message"; message: Explanation }
  | { kind: "misplaced"; field: "configurations" | "keySet" }
  | { kind: "other"; what: string; advice: string };

const NOTHING_TOLD: Reading = {
  kind: "other",
  what: "a text that tells nothing of a token",
  advice: "Paste a token, its claims as JSON, a CloudTrail event or a log that holds one of these.",
};

/** A token and nothing around it but what pasting brings along. */
const ALONE = /^\s*["']?(?:bearer\s+)?[^\s"']+["']?\s*$/i;
const SIGNATURE = /^([^.]*\.[^.]*)\.[^.]+$/s;
/** Tokens in logs and the like: header and payload, then the signature. */
const SIGNED_INSIDE = /(eyJ[\w-]{8,}\.[\w-]{8,}\.)[\w-]{16,}/g;

/** Of a longer text `detect` would look for much that a log does not hold. */
const LONG = 48 * 1024;

/** Each call into the core goes over the whole text; between two of them somebody may type. */
export async function read(text: string, slices: Slices): Promise<Reading> {
  if (text.trim() === "") return { kind: "nothing" };
  if (ALONE.test(text) && text.includes(".") && detect(text).kind === "token") return { kind: "token", token: text, signed: SIGNATURE.test(text) };
  const evidence = claimsFrom(text);
  await slices.pause();
  if (evidence !== null) return { kind: "evidence", evidence, message: explainError(text) };
  return text.length > LONG ? long(text, slices) : named(text);
}

function named(text: string): Reading {
  const detected = detect(text);
  if (detected.kind === "trust" || detected.kind === "trusts") return { kind: "misplaced", field: "configurations" };
  if (detected.kind === "jwks") return { kind: "misplaced", field: "keySet" };
  const message = explainError(text);
  if (message !== null) return { kind: "message", message };
  return detected.kind === "other" ? detected : NOTHING_TOLD;
}

async function long(text: string, slices: Slices): Promise<Reading> {
  if (/^\s*[[{]/.test(text) && trustsFrom(text).length > 0) return { kind: "misplaced", field: "configurations" };
  await slices.pause();
  const message = explainError(text);
  return message === null ? NOTHING_TOLD : { kind: "message", message };
}

/** The token without its signature. */
export function unsigned(token: string): string {
  return token.trim().replace(SIGNATURE, "$1");
}

/** The text without the signatures of tokens in it: nothing checks those, so nothing needs them. */
export function withoutSignatures(text: string): string {
  return text.replace(SIGNED_INSIDE, "$1");
}
