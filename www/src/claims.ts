import type { Claim, Decoded } from "circleci-oidc";
import { html, nothing } from "lit";

import { clean } from "../../pkg/src/cli/text/clean.js";
import { relative, utc } from "../../pkg/src/cli/text/time.js";
import { shown } from "../../pkg/src/cli/text/values.js";
import { copy } from "./copy.js";
import { findings } from "./findings.js";
import { isTime } from "./judging.js";
import { link } from "./steps.js";
import { CLOUDS } from "./words.js";

/** The claims: value, meaning, and which cloud can test each under which name. */
export function claims({ table, findings: remarks }: Decoded, now: number, open: boolean) {
  return html`<details class="card" ?open=${open}>
    <summary><h2>What the token says</h2></summary>
    ${remarks.length === 0 ? nothing : findings(remarks, () => nothing)}
    <table class="claims">
      <caption class="offscreen">The token's claims</caption>
      <thead><tr><th scope="col">Claim and value</th><th scope="col">Meaning, and who can test it</th></tr></thead>
      <tbody>${table.map((claim) => row(claim, now))}</tbody>
    </table>
  </details>`;
}

function row(claim: Claim, now: number) {
  const { name, value, meaning, reference, named } = claim;
  const text = shown(value);
  return html`<tr>
    <th scope="row">
      <span class="claim">${name}</span> ${copy(typeof value === "string" ? value : text, name)}
      <div class="value" dir="auto"><code>${text}</code></div>
      ${named === undefined ? nothing : html`<div class="time" dir="auto">${clean(named)}</div>`}
      ${isTime(claim) ? html`<div class="time">${utc(value as number)} <span class="quiet">(${relative(value as number, now)})</span></div>` : nothing}
    </th>
    <td>
      <p>${meaning} ${reference === undefined ? nothing : link(reference)}</p>
      ${tested(claim)}
    </td>
  </tr>`;
}

function tested({ testable }: Claim) {
  const clouds = Object.entries(CLOUDS).flatMap(([id, cloud]) => {
    const name = testable[id as keyof typeof CLOUDS];
    return name === undefined ? [] : [html`<li>${cloud} <code>${name}</code></li>`];
  });
  return clouds.length === 0 ? html`<p class="quiet">No cloud can test it.</p>` : html`<ul class="tested">${clouds}</ul>`;
}
