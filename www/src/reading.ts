import { type Evidence, claimsFrom, detect } from "circleci-oidc";

import { type Message, messageIn } from "./messages.js";

/** What the entry field holds. */
export type Reading =
  | { kind: "nothing" }
  | { kind: "token"; token: string; signed: boolean }
  | { kind: "evidence"; evidence: Evidence }
  | { kind: "message"; message: Message }
  | { kind: "misplaced"; field: "configurations" | "keySet" }
  | { kind: "other"; what: string; advice: string };

/** A token and nothing around it but what pasting brings along. */
const ALONE = /^\s*["']?(?:bearer\s+)?[^\s"']+["']?\s*$/i;
const SIGNATURE = /^([^.]*\.[^.]*)\.[^.]+$/s;
/** Tokens in logs and the like: header and payload, then the signature. */
const SIGNED_INSIDE = /(eyJ[\w-]{8,}\.[\w-]{8,}\.)[\w-]{16,}/g;

export function read(text: string): Reading {
  if (text.trim() === "") return { kind: "nothing" };
  if (ALONE.test(text) && text.includes(".") && detect(text).kind === "token") return { kind: "token", token: text, signed: SIGNATURE.test(text) };
  // Before it is named: of a long log that takes much longer.
  const evidence = claimsFrom(text);
  if (evidence !== null) return { kind: "evidence", evidence };
  const detected = detect(text);
  if (detected.kind === "trust" || detected.kind === "trusts") return { kind: "misplaced", field: "configurations" };
  if (detected.kind === "jwks") return { kind: "misplaced", field: "keySet" };
  const message = messageIn(text);
  if (message !== undefined) return { kind: "message", message };
  return detected.kind === "other" ? detected : { kind: "other", what: "a text that tells nothing of a token", advice: "Paste a token, its claims as JSON, a CloudTrail event or a log that holds one of these." };
}

/** The token without its signature. */
export function unsigned(token: string): string {
  return token.trim().replace(SIGNATURE, "$1");
}

/** The text without the signatures of tokens in it: nothing checks those, so nothing needs them. */
export function withoutSignatures(text: string): string {
  return text.replace(SIGNED_INSIDE, "$1");
}
