import { type Evidence, type Explanation, claimsFrom, detect, explainError, trustsFrom } from "circleci-oidc";

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

/** Of a longer text only its end is looked through for an error message: that takes longest, and a log ends with it. */
const END = 48 * 1024;

export function read(text: string): Reading {
  if (text.trim() === "") return { kind: "nothing" };
  if (ALONE.test(text) && text.includes(".") && detect(text).kind === "token") return { kind: "token", token: text, signed: SIGNATURE.test(text) };
  const evidence = claimsFrom(text);
  if (evidence !== null) return { kind: "evidence", evidence, message: messageIn(text) };
  return text.length > END ? long(text) : named(text);
}

function named(text: string): Reading {
  const detected = detect(text);
  if (detected.kind === "trust" || detected.kind === "trusts") return { kind: "misplaced", field: "configurations" };
  if (detected.kind === "jwks") return { kind: "misplaced", field: "keySet" };
  const message = messageIn(text);
  if (message !== null) return { kind: "message", message };
  return detected.kind === "other" ? detected : NOTHING_TOLD;
}

function long(text: string): Reading {
  if (/^\s*[[{]/.test(text) && trustsFrom(text).length > 0) return { kind: "misplaced", field: "configurations" };
  const message = messageIn(text);
  return message === null ? NOTHING_TOLD : { kind: "message", message };
}

function messageIn(text: string): Explanation | null {
  const start = text.length > END ? text.indexOf("\n", text.length - END) + 1 : 0;
  const message = explainError(text.slice(start));
  const before = start === 0 ? 0 : text.slice(0, start).split("\n").length - 1;
  return message && { ...message, at: { ...message.at, line: message.at.line + before } };
}

/** The token without its signature. */
export function unsigned(token: string): string {
  return token.trim().replace(SIGNATURE, "$1");
}

/** The text without the signatures of tokens in it: nothing checks those, so nothing needs them. */
export function withoutSignatures(text: string): string {
  return text.replace(SIGNED_INSIDE, "$1");
}
