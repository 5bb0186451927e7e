import type { Span } from "circleci-oidc";
import { html } from "lit";

import { clean } from "../../pkg/src/cli/text/clean.js";

/** Lines before and after the place. */
const AROUND = 2;
/** Characters of one line on each side of the place; what is written in one line would fill the screen. */
const WIDTH = 400;
/** Characters of the place itself: that can be a whole document. */
const LONGEST = 1500;

/** The lines around a place, with the place marked. */
export function excerpt(text: string, { start, end: last, line }: Span, whose: string) {
  const isCut = last - start > LONGEST;
  const end = isCut ? start + LONGEST : last;
  let from = start;
  let first = line;
  for (let lines = 0; from > 0 && start - from < WIDTH; from -= 1) {
    if (text[from - 1] !== "\n") continue;
    if (lines === AROUND) break;
    lines += 1;
    first -= 1;
  }
  let to = end;
  for (let lines = 0; !isCut && to < text.length && to - end < WIDTH; to += 1) {
    if (text[to] !== "\n") continue;
    if (lines === AROUND) break;
    lines += 1;
  }
  const margin = Math.min(...text.slice(from, to).split("\n").filter((one) => one.trim() !== "").map((one) => one.search(/\S/)));
  const shown = (part: string, atLine: boolean) => lines(part.split("\n").map((one, index) => (index > 0 || atLine ? one.slice(margin) : one)));
  return html`<figure class="excerpt">
    <figcaption>Line ${line}${whose}${first < line ? html`; shown from line ${first}` : ""}</figcaption>
    <pre tabindex="0" role="group" aria-label="Around line ${line}${whose}"><code>${shown(text.slice(from, start), true)}<mark>${shown(text.slice(start, end), false)}${isCut ? "…" : ""}</mark>${shown(text.slice(end, to), false)}</code></pre>
  </figure>`;
}

/** Clean, but lines stay lines. */
function lines(parts: string[]): string {
  return parts.map((one) => clean(one.replace(/\r$/, "").replaceAll("\t", "  "))).join("\n");
}
