import type { Span } from "circleci-oidc";
import { html } from "lit";

import { clean } from "../../pkg/src/cli/text/clean.js";

/** Lines before and after the place. */
const AROUND = 2;
/** Characters of one line on each side of the place; what is written in one line would fill the screen. */
const WIDTH = 400;

/** The lines around a place, with the place marked. */
export function excerpt(text: string, { start, end, line }: Span) {
  let from = start;
  let first = line;
  for (let lines = 0; from > 0 && start - from < WIDTH; from -= 1) {
    if (text[from - 1] !== "\n") continue;
    if (lines === AROUND) break;
    lines += 1;
    first -= 1;
  }
  let to = end;
  for (let lines = 0; to < text.length && to - end < WIDTH; to += 1) {
    if (text[to] !== "\n") continue;
    if (lines === AROUND) break;
    lines += 1;
  }
  return html`<figure class="excerpt">
    <figcaption>Line ${line} of the configuration${first < line ? html`; shown from line ${first}` : ""}</figcaption>
    <pre tabindex="0" role="group" aria-label="The configuration around line ${line}"><code>${lines(text.slice(from, start))}<mark>${lines(text.slice(start, end))}</mark>${lines(text.slice(end, to))}</code></pre>
  </figure>`;
}

/** Clean, but lines stay lines. */
function lines(text: string): string {
  return text.split(/\r?\n/).map((one) => clean(one.replaceAll("\t", "  "))).join("\n");
}
