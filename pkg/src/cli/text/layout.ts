import { clean, pad } from "./clean.js";
import type { Color, Paint } from "./paint.js";

/** As wide as the words at the left, so that sentences start in one column. */
export const MARGIN = " ".repeat(12);

export function verdictLine(word: string, color: Color, headline: string, paint: Paint): string {
  return `${paint(color, word)}${pad("", MARGIN.length - word.length)}${clean(headline)}\n`;
}

export function heading(title: string, paint: Paint): string {
  return `\n${paint("bold", title)}\n`;
}
