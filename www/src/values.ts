import type { Step } from "circleci-oidc";
import { nothing } from "lit";

import { shown } from "../../pkg/src/cli/text/values.js";
import { html } from "./html.js";

/** The titles of the clock's steps say both times, for people. */
const CLOCK = ["verify.time.exp", "verify.time.nbf", "verify.time.iat"];

/** Both values of a comparison, one below the other; where they differ is marked. */
export function values(step: Step) {
  const { expected, difference } = step;
  if (expected === undefined || CLOCK.includes(step.code)) return nothing;
  const missing = step.outcome === "unknown" ? "(not known)" : "(absent)";
  const actual = "actual" in step ? marked(step.actual, difference) : html`<em>${missing}</em>`;
  return html`
    <dl class="values">
      ${expected.map((value, index) => html`<dt>${index === 0 ? "Expected" : "or"}</dt><dd dir="auto">${marked(value, difference)}</dd>`)}
      <dt>${step.claim === undefined ? "Actual" : `Token's ${step.claim}`}</dt>
      <dd dir="auto">${actual}</dd>
    </dl>
  `;
}

/** A value; from where it differs on, marked. */
function marked(value: unknown, difference: number | undefined) {
  if (typeof value !== "string" || difference === undefined) return html`<code>${shown(value)}</code>`;
  const [same, other] = [value.slice(0, difference), value.slice(difference)];
  return html`<code>${same === "" ? nothing : shown(same)}${other === "" ? html`<mark class="end" title="ends here">⏎</mark>` : html`<mark>${shown(other)}</mark>`}</code>`;
}
