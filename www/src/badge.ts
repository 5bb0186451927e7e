import { html } from "./html.js";
import type { Sign } from "./words.js";

/** A verdict: a word with a shape. */
export const badge = ({ word, mark, tone }: Sign) => html`<span class="badge ${tone}"><span aria-hidden="true">${mark} </span>${word}</span>`;
