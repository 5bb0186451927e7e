import type { Report, Step } from "circleci-oidc";
import { nothing } from "lit";

import { utc } from "../../pkg/src/cli/text/time.js";
import { html } from "./html.js";
import { steps } from "./steps.js";
import { OUTCOMES } from "./words.js";

/** The nine steps as people ask for them, each with an answer of its own. */
const ROWS: [name: string, codes: string[]][] = [
  ["Readable", ["verify.format", "verify.header", "verify.claims"]],
  ["Signature", ["verify.key", "verify.signature"]],
  ["Issuer", ["verify.issuer"]],
  ["Audience", ["verify.audience"]],
  ["Time", ["verify.time"]],
];
/** What leads of several. */
const RANKS = ["fail", "unknown", "pass", "not_applicable"] as const;

/** Separate verdicts on the token; never one for all. */
export function verdicts({ verification, now }: Report, pinned: boolean, dropped = false) {
  return html`<section class="card" aria-labelledby="verdicts-title">
    <h2 id="verdicts-title">Is the token genuine, ours and current?</h2>
    <ul class="verdicts">
      ${ROWS.map(([name, codes]) => row(name, verification.steps.filter(({ code }) => codes.includes(code)), name === "Signature" && dropped))}
    </ul>
    ${pinned ? nothing : html`<p>To check signature and issuer, the page needs the issuer's key set and your organization's id. <button type="button" class="small" data-settings>Give them</button></p>`}
    <p class="quiet">Clock: ${utc(now)}</p>
  </section>`;
}

function row(name: string, parts: Step[], dropped: boolean) {
  const leading = RANKS.flatMap((outcome) => parts.filter((step) => step.outcome === outcome))[0];
  if (leading === undefined) return nothing;
  // The signature is the last of its two, and says it all where both passed.
  const { title, outcome } = leading.outcome === "pass" && name === "Signature" ? (parts.at(-1) ?? leading) : leading;
  const { mark, word, tone } = OUTCOMES[outcome];
  return html`<li>
    <details>
      <summary>
        <span class="mark ${tone}" aria-hidden="true">${mark}</span><span class="offscreen">${word}: </span>
        <span class="verdict"><strong>${name}</strong> <span>${name === "Signature" && outcome === "unknown" ? "Not checked. " : ""}${title}${dropped ? ". Checked; the signature was then dropped from the field." : ""}</span></span>
      </summary>
      ${steps(parts, undefined, { place: () => nothing })}
    </details>
  </li>`;
}
