import type { Decision, Probe, TrustResult } from "circleci-oidc";

import { clean, pad } from "./clean.js";
import { findings } from "./findings.js";
import { fix } from "./fix.js";
import type { Color, Paint } from "./paint.js";
import { heading, MARGIN, verdictLine } from "./layout.js";
import { steps } from "./steps.js";
import { shown, values } from "./values.js";
import { stepAt } from "./way.js";

export const VERDICTS: Record<Decision, [word: string, color: Color]> = {
  allow: ["ALLOWED", "green"],
  deny: ["DENIED", "red"],
  invalid: ["NOT STORED", "red"],
  unknown: ["UNKNOWN", "yellow"],
};
/** Of those whom a fix lets in, how many are named at the top; the dangerous ones are the first. */
const ADMITTED = 3;
const WORDS: Record<Decision, string> = { allow: "allowed", deny: "denied", invalid: "not stored", unknown: "unknown" };
const MARKS: Record<Decision, [color: Color, mark: string]> = { allow: ["green", "+"], deny: ["dim", "-"], invalid: ["dim", "-"], unknown: ["yellow", "?"] };

/** What happened, why, and what to do. */
export function summary(result: TrustResult, paint: Paint): string {
  const [word, color] = VERDICTS[result.decision];
  const { sibling } = result;
  const other = sibling !== undefined && sibling.decision !== result.decision;
  return [
    verdictLine(word, color, result.headline, paint),
    why(result, paint),
    other ? `${MARGIN}The same job's ${sibling.format.toUpperCase()} token: ${WORDS[sibling.decision]}.\n` : "",
    remedy(result, paint),
  ].join("");
}

/** The two values of the step that decided, and what to do about it. */
function why({ steps, deciding, headline }: TrustResult, paint: Paint): string {
  const step = stepAt(steps, deciding);
  if (step === undefined) return "";
  const indent = MARGIN.length;
  // What forbids fails because all its conditions are satisfied: what they compared is why.
  const parts = step.outcome === "fail" ? (step.children ?? []) : [];
  const inside = parts.filter(({ code }) => code.includes(".operator.")).map((child) => values(child, indent, paint));
  const message = step.hint?.message;
  const hint = message === undefined || headline.includes(message) ? "" : `${MARGIN}${clean(message)}\n`;
  return [values(step, indent, paint), ...inside, hint].join("");
}

/** What to do, if it is proved. */
function remedy({ steps, fix: way }: TrustResult, paint: Paint): string {
  const hint = stepAt(steps, way)?.hint;
  if (hint === undefined) return "";
  const together = hint.code === "hint.together" ? `${MARGIN}${clean(hint.message)}\n` : "";
  return together + fix(hint, MARGIN.length, ADMITTED, paint);
}

/** Every step, what was taken for granted, the remarks, and who else gets in. */
export function details(result: TrustResult, paint: Paint): string {
  const { provider, name, identity, assumed } = result;
  return [
    heading(name === undefined ? provider : `${provider} ${clean(name)}`, paint),
    steps(result.steps, 2, paint),
    ...Object.entries(identity ?? {}).map(([member, value]) => handedOn(member, value)),
    assumed.length === 0 ? "" : "  Taken for granted, because it was not shown:\n",
    ...assumed.map((text) => `    ${paint("dim", clean(text))}\n`),
    findings(result.findings, 2, paint),
    probes(result.probes, paint),
  ].join("");
}

/** What the cloud hands on; of a list a line each. */
function handedOn(member: string, value: unknown): string {
  const lines = Array.isArray(value) ? value.map((one) => `\n    ${shown(one)}`).join("") : ` ${shown(value)}`;
  return `  ${clean(member)}:${lines}\n`;
}

/** Who else gets in, a line each; of a danger also the claims that differ. */
export function probes(list: Probe[], paint: Paint): string {
  if (list.length === 0) return "";
  if (list.every(({ decision }) => decision === "deny")) {
    return `  Who else gets in? None of the ${list.length} other tokens that were tried.\n`;
  }
  const rows = list.map(({ title, decision, dangerous, claims }) => {
    const mark = dangerous ? paint("red", "!") : paint(...MARKS[decision]);
    const differing = dangerous ? Object.entries(claims) : [];
    const below = differing.map(([name, value]) => `      ${MARGIN}${clean(name)}: ${value === null ? "(absent)" : shown(value)}\n`);
    return `    ${mark} ${pad(WORDS[decision], MARGIN.length)}${clean(title)}\n${below.join("")}`;
  });
  return `  Who else gets in?\n${rows.join("")}`;
}
