import type { Outcome, Step } from "circleci-oidc";

import { clean } from "./clean.js";
import { fix } from "./fix.js";
import type { Color, Paint } from "./paint.js";
import { place } from "./place.js";
import { values } from "./values.js";

const SIGNS: Record<Outcome, [Color, string]> = {
  pass: ["green", "✓"],
  fail: ["red", "✗"],
  not_applicable: ["dim", "–"],
  unknown: ["yellow", "?"],
};

/** A tree of steps, a line for each, with both values of a comparison and the place in the input. */
export function steps(tree: Step[], indent: number, paint: Paint): string {
  return tree.map((step) => one(step, indent, paint)).join("");
}

function one(step: Step, indent: number, paint: Paint): string {
  const at = step.at === undefined ? "" : paint("dim", `  ${place(step.at)}`);
  const below = indent + 4;
  // The title of a comparison that passed says its value.
  const quiet = step.outcome === "pass";
  const notes: [label: string, text: string | undefined][] = [
    ["", quiet ? undefined : step.detail],
    ["Hint: ", step.hint?.message],
    ["The cloud says: ", step.outcome === "fail" ? step.vendorText : undefined],
    ["See ", quiet || step.children !== undefined ? undefined : step.reference],
  ];
  return [
    `${" ".repeat(indent)}${paint(...SIGNS[step.outcome])} ${clean(step.title)}${at}\n`,
    quiet ? "" : values(step, below, paint),
    ...notes.map(([label, text]) => (text === undefined ? "" : `${" ".repeat(below)}${paint("dim", label + clean(text))}\n`)),
    step.hint === undefined ? "" : fix(step.hint, below, Infinity, paint),
    steps(step.children ?? [], indent + 2, paint),
  ].join("");
}
