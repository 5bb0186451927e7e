import type { Explanation } from "circleci-oidc";

import { clean } from "./clean.js";
import { painter } from "./paint.js";

const CLOUDS = { aws: "AWS", gcp: "Google Cloud", azure: "Azure", vault: "Vault" } as const;
/** Where an error comes from, in words. */
export const STAGES: Record<Explanation["stage"], string> = {
  no_token: "there was no token",
  request: "the request, before the token",
  throttled: "too many requests",
  token: "the token as such",
  keys: "the issuer's keys, or the signature",
  time: "the time",
  issuer: "the issuer",
  audience: "the audience",
  subject: "the subject",
  mapping: "the claims that are handed on",
  condition: "the condition on the claims",
  trust: "the trust configuration",
  permissions: "permissions, which count once trust has worked",
  storage: "the configuration was not stored",
};

/** What a message means: first that, then what to do, then what it was not. */
export function ofExplanation({ provider, stage, meaning, rulesOut, next, reference, message, at }: Explanation, color: boolean): string {
  const paint = painter(color);
  const who = provider === undefined ? "" : `${CLOUDS[provider]}, `;
  const list = (title: string, items: string[]) => (items.length === 0 ? "" : `\n${paint("bold", title)}\n${items.map((item) => `  - ${clean(item)}\n`).join("")}`);
  return [
    `${paint("bold", `${who}${STAGES[stage]}`)}\n`,
    `${clean(meaning)}\n`,
    paint("dim", `Line ${at.line}: ${clean(message)}`),
    "\n",
    list("What to look at", next),
    list("What it is not", rulesOut),
    `\n${paint("dim", `See ${clean(reference)}`)}\n`,
  ].join("");
}
