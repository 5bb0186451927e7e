import type { Explanation } from "circleci-oidc";
import { html, nothing } from "lit";

import { clean } from "../../pkg/src/cli/text/clean.js";
import { STAGES } from "../../pkg/src/cli/text/explanation.js";
import { link } from "./steps.js";
import { CLOUDS } from "./words.js";

/** Advice to use the command line: who reads this page has it open. */
const COMMAND_LINE = "circleci-oidc inspect";
const HERE = "the configuration that refused it into the second field: this page then names the comparison that decided.";

/** What a cloud's error message means: first that, then what to do, then what it was not. */
export function explained(isTold: boolean, isJudged: boolean, { provider, stage, meaning, rulesOut, next, reference, message, at }: Explanation) {
  const list = (title: string, items: readonly string[]) => (items.length === 0 ? nothing : html`<h3>${title}</h3><ul class="plain">${items.map((item) => html`<li>${item}</li>`)}</ul>`);
  return html`<section class="card" aria-labelledby="explained-title">
    <h2 id="explained-title">The error message: ${provider === undefined ? "" : `${CLOUDS[provider]}, `}${STAGES[stage]}</h2>
    <p class="headline">${meaning}</p>
    <p class="quiet">Line ${at.line}: <q>${clean(message)}</q> ${link(reference)}</p>
    ${list("What to look at", [...(next.some(isCommand) && !isJudged ? [`Put ${isTold ? "" : "what the job sent into the first field and "}${HERE}`] : []), ...next.filter((item) => !isCommand(item))])} ${list("What it is not", rulesOut)}
  </section>`;
}

function isCommand(item: string): boolean {
  return item.includes(COMMAND_LINE);
}
