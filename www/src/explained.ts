import type { Explanation } from "circleci-oidc";
import { nothing } from "lit";

import { STAGES } from "../../pkg/src/cli/text/explanation.js";
import { html } from "./html.js";
import { link } from "./steps.js";
import { CLOUDS } from "./words.js";

/** Advice to do what this page does: who reads it has it open. */
const THIS = "Judge the ";
const HERE = "the configuration that refused it into the second field: this page then names the comparison that decided.";

/** What a cloud's error message means: first that, then what to do, then what it was not. */
export function explained(isTold: boolean, isJudged: boolean, { provider, stage, meaning, rulesOut, next, reference, message, at }: Explanation) {
  const list = (title: string, items: readonly string[]) => (items.length === 0 ? nothing : html`<h3>${title}</h3><ul class="plain">${items.map((item) => html`<li>${item}</li>`)}</ul>`);
  return html`<section class="card" aria-labelledby="explained-title">
    <h2 id="explained-title">The error message: ${provider === undefined ? "" : `${CLOUDS[provider]}, `}${STAGES[stage]}</h2>
    <p class="headline">${meaning}</p>
    <p class="quiet">Line ${at.line}: <q>${message}</q> ${link(reference)}</p>
    ${list("What to look at", [...(next.some(isCommand) && !isJudged ? [`Put ${isTold ? "" : "what the job sent into the first field and "}${HERE}`] : []), ...next.filter((item) => !isCommand(item))])} ${list("What it is not", rulesOut)}
  </section>`;
}

function isCommand(item: string): boolean {
  return item.startsWith(THIS);
}
