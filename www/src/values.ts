import type { Step } from "circleci-oidc";
import { html, nothing } from "lit";

import { CLOCK, shown, spelling } from "../../pkg/src/cli/text/values.js";

/** Both values of a comparison, one below the other; where they differ is marked. */
export function values(step: Step) {
  const { expected, difference } = step;
  if (expected === undefined || CLOCK.includes(step.code)) return nothing;
  const words = spelling(step);
  const missing = step.outcome === "unknown" ? "(not known)" : "(absent)";
  const actual = "actual" in step ? marked(step.actual, difference, words) : html`<em>${missing}</em>`;
  return html`
    <dl class="values">
      ${expected.map((value, index) => html`<dt>${index === 0 ? "Expected" : "or"}</dt><dd dir="auto">${marked(value, difference, words)}</dd>`)}
      <dt>${step.claim === undefined ? "Actual" : `Token's ${step.claim}`}</dt>
      <dd dir="auto">${actual}</dd>
    </dl>
  `;
}

/** A value; from where it differs on, marked. */
function marked(value: unknown, difference: number | undefined, words: (value: unknown) => string) {
  if (typeof value !== "string" || difference === undefined) return html`<code>${words(value)}</code>`;
  const [same, other] = [value.slice(0, difference), value.slice(difference)];
  return html`<code>${same === "" ? nothing : shown(same)}${other === "" ? html`<mark class="end" title="ends here">⏎</mark>` : html`<mark>${shown(other)}</mark>`}</code>`;
}
