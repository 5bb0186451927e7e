import type { Span, Survey } from "circleci-oidc";
import { type TemplateResult, nothing } from "lit";

import { shown } from "../../pkg/src/cli/text/values.js";
import { findings } from "./findings.js";
import { fold } from "./fold.js";
import { html } from "./html.js";
import { probes } from "./probes.js";

/** What can be said of a configuration without a token. */
export function surveyed({ issuers, claims, decision, probes: others, findings: remarks }: Survey, place: (at: Span) => TemplateResult | typeof nothing) {
  // In a frame a reader came to paste what the job sent.
  const isAlone = document.documentElement.dataset.embed === undefined;
  return html`
    <p>${issuers.length === 0 ? "It trusts none of CircleCI's issuers." : html`It trusts ${issuers.map((issuer, index) => html`${index === 0 ? "" : ", "}<code>${issuer}</code>`)}.`}</p>
    <p>Paste what the job sent, and see whether this configuration lets that in.</p>
    ${claims === undefined
      ? nothing
      : fold("more", html`A made-up job that ${decision === "allow" ? "gets in" : "may get in"}`, () => html`<dl class="values">${Object.entries(claims).map(([name, value]) => html`<dt>${name}</dt><dd dir="auto"><code>${shown(value)}</code></dd>`)}</dl>`)}
    ${others.length === 0 ? nothing : fold("more", html`Who gets in?`, () => probes(others, "Other tokens that this configuration was tried with"), isAlone)}
    ${remarks.length === 0 ? nothing : fold("more", html`Remarks <span class="quiet">${remarks.length}</span>`, () => findings(remarks, place), isAlone)}
  `;
}
