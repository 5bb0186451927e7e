import type { Hint } from "circleci-oidc";

import { clean } from "./clean.js";
import type { Paint } from "./paint.js";
import { place } from "./place.js";

/** What to put in whose place, and who else gets in then, of whom at most `most` are named; nothing where there is no fix. */
export function fix(hint: Hint, indent: number, most: number, paint: Paint): string {
  if (hint.fix === undefined) return "";
  const margin = " ".repeat(indent);
  const inner = `\n${margin}          `;
  const lines = hint.fix.split("\n").map(clean);
  const at = hint.at === undefined ? "" : paint("dim", place(hint.at));
  const shown = at === "" ? lines : lines.length > 1 ? [at, ...lines] : [`${lines[0]}  ${at}`];
  const all = hint.newlyAdmits ?? [];
  const named = clean(all.slice(0, most).join("; "));
  const also = all.length === 0 ? "lets in nobody else of those that were tried" : `also lets in: ${named}`;
  const more = all.length > most ? "; and others, see below" : "";
  const any = hint.fix.includes("????") ? " 36 times ? is any one id." : "";
  return `${margin}Fix       ${shown.join(inner)}${inner}It ${also}${more}.${any}\n`;
}
