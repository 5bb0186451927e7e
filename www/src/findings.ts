import type { Finding, Span } from "circleci-oidc";
import { type TemplateResult, nothing } from "lit";

import { copy } from "./copy.js";
import { html } from "./html.js";
import { link } from "./steps.js";
import { SEVERITIES } from "./words.js";

/** Remarks, each with its fix where there is one. */
export function findings(list: readonly Finding[], place: (at: Span) => TemplateResult | typeof nothing) {
  return html`<ul class="findings">
    ${list.map(({ code, severity, title, detail, fix, at, reference }) => {
      const { word, mark, tone } = SEVERITIES[severity];
      return html`<li>
        <p><span class="mark ${tone}" aria-hidden="true">${mark}</span><strong>${word}:</strong> ${title} <span class="quiet">${code}</span></p>
        <div class="inner">
          <p>${detail}</p>
          ${fix === undefined
            ? nothing
            : html`<p>Fix: ${copy(fix, `the fix of ${code}`)}</p>
                <pre tabindex="0" role="group" aria-label="The fix of ${code}"><code>${fix}</code></pre>`}
          <p class="quiet">${at === undefined ? nothing : place(at)} ${reference === undefined ? nothing : link(reference)}</p>
        </div>
      </li>`;
    })}
  </ul>`;
}
