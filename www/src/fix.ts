import type { Hint } from "circleci-oidc";
import { html, nothing } from "lit";

import { clean } from "../../pkg/src/cli/text/clean.js";
import { copy } from "./copy.js";

/** Where a fix belongs. */
interface Place {
  /** In words, in what it is. */
  where: string;
  /** It is the content of a string that stands there in quotes. */
  quoted: boolean;
  /** Puts it into the pasted text, where it can be put there. */
  put?: () => void;
}

/** A proved fix: the text, where it belongs, and who else gets in then. */
export function fix(hint: Hint, { where, quoted, put }: Place) {
  if (hint.fix === undefined) return nothing;
  const admits = hint.newlyAdmits ?? [];
  return html`<div class="fix">
    <h4>Fix ${copy(hint.fix, "the fix")} ${put === undefined ? nothing : html`<button type="button" class="small" @click=${put}>Put it into the pasted text</button>`}</h4>
    <p>${hint.at === undefined ? "Put this in:" : `Replace what stands ${quoted ? "between the quotes " : ""}at ${where} with:`}</p>
    <pre tabindex="0" role="group" aria-label="The fix"><code>${hint.fix.split("\n").map(clean).join("\n")}</code></pre>
    <p class="quiet">
      Proved: with it in place, the same evaluation lets this token in.
      ${hint.fix.includes("????") ? "36 times ? is any one id." : nothing}
    </p>
    ${admits.length === 0
      ? html`<p>It lets in nobody else of those that were tried.</p>`
      : html`<p>It also lets in:</p><ul>${admits.map((one) => html`<li>${one}</li>`)}</ul>`}
  </div>`;
}
