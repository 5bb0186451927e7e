import type { Span, Survey } from "circleci-oidc";
import { type TemplateResult, html, nothing } from "lit";

import { shown } from "../../pkg/src/cli/text/values.js";
import { findings } from "./findings.js";
import { probes } from "./probes.js";

/** What can be said of a configuration without a token. */
export function surveyed({ issuers, claims, decision, probes: others, findings: remarks }: Survey, place: (at: Span) => TemplateResult | typeof nothing) {
  return html`
    <p>${issuers.length === 0 ? "It trusts none of CircleCI's issuers." : html`It trusts ${issuers.map((issuer, index) => html`${index === 0 ? "" : ", "}<code>${issuer}</code>`)}.`}</p>
    <p>Paste what the job sent, and see whether this configuration lets that in.</p>
    ${claims === undefined
      ? nothing
      : html`<details class="more"><summary>A made-up job that ${decision === "allow" ? "gets in" : "may get in"}</summary>
          <dl class="values">${Object.entries(claims).map(([name, value]) => html`<dt>${name}</dt><dd dir="auto"><code>${shown(value)}</code></dd>`)}</dl></details>`}
    ${others.length === 0 ? nothing : html`<details class="more" open><summary>Who else gets in?</summary>${probes(others, "Other tokens that this configuration was tried with")}</details>`}
    ${remarks.length === 0 ? nothing : html`<details class="more" open><summary>Remarks <span class="quiet">${remarks.length}</span></summary>${findings(remarks, place)}</details>`}
  `;
}
