import type { Step } from "circleci-oidc";

import { clean, pad, width } from "./clean.js";
import type { Paint } from "./paint.js";

/** Accepted values of at most this many characters together stand in one line. */
const SHORT = 60;
/** The titles of the clock's steps say both times, for people. */
export const CLOCK = ["verify.time.exp", "verify.time.nbf", "verify.time.iat"];

/** A value as a person reads it: a string without quotes, everything else as JSON. */
export function shown(value: unknown): string {
  if (typeof value !== "string") return clean(JSON.stringify(value));
  return value === "" || value.trim() !== value ? `"${clean(value)}"` : clean(value);
}

/** How the values of a comparison are shown: as `shown`, but quotes tell "false" from false where only the type differs. */
export function spelling({ expected = [], actual }: Step): (value: unknown) => string {
  const isAlike = actual !== undefined && expected.some((value) => typeof value !== typeof actual && shown(value) === shown(actual));
  return isAlike ? (value) => clean(JSON.stringify(value)) : shown;
}

/** The two values of a comparison, one below the other, and where they begin to differ. */
export function values(step: Step, indent: number, paint: Paint): string {
  if (step.expected === undefined || CLOCK.includes(step.code)) return "";
  const line = (label: string, text: string) => `${" ".repeat(indent)}${pad(label, 8)}  ${text}\n`;
  const words = spelling(step);
  const expected = alternatives(step.expected.map(words)).map((text, index) => line(index === 0 ? "expected" : "or", text));
  const missing = step.outcome === "unknown" ? "(not known)" : "(absent)";
  const actual = line(step.claim === undefined ? "actual" : "token", "actual" in step ? words(step.actual) : missing);
  return expected.join("") + actual + difference(step, indent, paint);
}

/** A line for each; several short ones in one line. */
function alternatives(lines: string[]): string[] {
  const last = lines.at(-1);
  const length = lines.reduce((sum, line) => sum + line.length, 0);
  return lines.length > 1 && length <= SHORT ? [`${lines.slice(0, -1).join(", ")} or ${last}`] : lines;
}

function difference({ difference, actual }: Step, indent: number, paint: Paint): string {
  if (difference === undefined || typeof actual !== "string") return "";
  const column = width(clean(actual.slice(0, difference)));
  return `${" ".repeat(indent + 10)}${paint("red", `${" ".repeat(column)}^ first difference`)}\n`;
}
