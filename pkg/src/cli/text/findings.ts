import type { Finding, Severity } from "circleci-oidc";

import { clean, cleanLines } from "./clean.js";
import type { Color, Paint } from "./paint.js";
import { place } from "./place.js";

const LABELS: Record<Severity, [Color, string]> = { error: ["red", "error:"], warning: ["yellow", "warning:"], info: ["dim", "note:"] };

/** Findings, two lines each, and the fix where there is one. */
export function findings(list: Finding[], indent: number, paint: Paint): string {
  const margin = " ".repeat(indent);
  return list
    .map(({ severity, title, detail, fix, at }) => {
      const where = at === undefined ? "" : `  ${place(at)}`;
      const lines = [
        `${margin}${paint(...LABELS[severity])} ${clean(title)}${paint("dim", where)}`,
        `${margin}    ${paint("dim", clean(detail))}`,
        ...(fix === undefined ? [] : [`${margin}    Fix: ${cleanLines(fix, `${margin}         `)}`]),
      ];
      return `${lines.join("\n")}\n`;
    })
    .join("");
}
