import type { Step } from "circleci-oidc";
import { type TemplateResult, html, nothing } from "lit";

import { fold } from "./fold.js";
import { values } from "./values.js";
import { OUTCOMES } from "./words.js";

/** What a step needs of the panel that it stands in. */
export interface Around {
  /** The place in what was pasted, with a way there. */
  place(step: Step): TemplateResult | typeof nothing;
}

/** A tree of steps, open along the way to the one that decided. */
export function steps(tree: readonly Step[], deciding: readonly number[] | undefined, around: Around): TemplateResult {
  const [first, ...rest] = deciding ?? [];
  return html`<ul class="steps">
    ${tree.map((step, index) => html`<li>${one(step, index === first ? rest : undefined, around)}</li>`)}
  </ul>`;
}

function one(step: Step, way: readonly number[] | undefined, around: Around): TemplateResult {
  const { mark, word, tone } = OUTCOMES[step.outcome];
  const title = html`<span class="mark ${tone}" aria-hidden="true">${mark}</span><span class="offscreen">${word}: </span><span class="title">${step.title}</span>`;
  const body = notes(step, around);
  const children = step.children ?? [];
  if (body === nothing && children.length === 0) return html`<div class="leaf">${title}</div>`;
  const inside = () => [body, children.length === 0 ? nothing : steps(children, way, around)];
  return fold(way?.length === 0 ? "deciding" : "", title, inside, way !== undefined);
}

function notes(step: Step, around: Around): TemplateResult | typeof nothing {
  const quiet = step.outcome === "pass";
  const place = around.place(step);
  const compared = values(step);
  const { detail, hint, vendorText, reference } = step;
  if ([place, compared].every((part) => part === nothing) && !detail && !hint && !vendorText && !reference) return nothing;
  return html`<div class="inner">
    ${quiet || detail === undefined ? nothing : html`<p>${detail}</p>`} ${compared}
    ${hint === undefined ? nothing : html`<p>${hint.message}</p>`}
    ${vendorText === undefined || step.outcome !== "fail" ? nothing : html`<p class="quiet">The cloud says: <q>${vendorText}</q></p>`}
    <p class="quiet">${place} ${reference === undefined ? nothing : link(reference)}</p>
  </div>`;
}

/** A link to a vendor's documentation. */
export function link(reference: string): TemplateResult {
  return html`<a href=${reference} target="_blank" rel="noreferrer noopener">The rule<span class="offscreen"> (opens another page)</span></a>`;
}
