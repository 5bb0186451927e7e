import { type TemplateResult, html, nothing } from "lit";

import { copy } from "./copy.js";
import { findings } from "./findings.js";
import { fold } from "./fold.js";
import type { Results } from "./results.js";
import { CLOUDS } from "./words.js";

/** What the entry field holds, and what cannot be known from it. */
export function recognised({ reading, report, problem, checked, judged }: Results, dropped: boolean): TemplateResult | typeof nothing {
  switch (reading.kind) {
    case "nothing":
      return nothing;
    case "other":
      return html`<p class="bad">${sentence(reading.what)}. ${reading.advice}</p>`;
    case "message":
      return html`<p><strong>Recognised: an error message.</strong> It does not say who was refused. Paste what the job sent as well: its token or claims, CloudTrail's event of the refusal, or the log of the call.</p>`;
    case "misplaced":
      return html`<p>${reading.field === "keySet" ? "This is a key set." : "This is a configuration."} <button type="button" class="small" data-move=${reading.field}>Move it to its own field</button></p>`;
    case "evidence": {
      const { source, partial, role, findings: remarks } = reading.evidence;
      const [grave, others] = [remarks.filter(({ severity }) => severity !== "info"), remarks.filter(({ severity }) => severity === "info")];
      return html`
        <p><strong>Recognised: ${source}.</strong> ${partial ? "It does not tell every claim, and not whether the token was genuine." : "It tells every claim, but not whether the token was genuine."}</p>
        ${role === undefined ? nothing : html`<p>It asked for <code>${role}</code>.</p>`}
        ${judged.length > 0 ? nothing : wanted(role)}
        ${grave.length === 0 ? nothing : findings(grave, () => nothing)}
        ${others.length === 0 ? nothing : fold("", html`What it tells, and what not`, () => findings(others, () => nothing))}
        ${problem === undefined ? nothing : html`<p class="bad">${problem}</p>`}
      `;
    }
    case "token":
      return html`
        <p><strong>Recognised: a token${reading.signed ? "" : dropped ? "; its signature was checked and dropped" : " without its signature"}.</strong></p>
        ${reading.signed && checked === undefined ? living(report) : nothing}
        ${problem === undefined ? nothing : html`<p class="bad">${problem}</p>`}
      `;
  }
}

/** A signed token is a live credential until it has expired. */
function living(report: Results["report"]) {
  const { expires } = report?.decoded.times ?? {};
  const over = report !== undefined && expires !== undefined && expires <= report.now;
  return over
    ? html`<p>Its signature is in the field until it was checked with a key set. <button type="button" class="small" data-drop>Drop the signature now</button></p>`
    : html`<p class="warning"><strong>This token is alive.</strong> Whoever has it can use it. Here it stays in this page; everywhere else treat it as a password. <button type="button" class="small" data-drop>Drop the signature now</button></p>`;
}

/** What the other field holds. */
export function found({ configurations: { list, problem }, judged }: Results) {
  if (problem !== undefined) return html`<p class="bad">${sentence(problem.what)}. ${problem.advice}</p>`;
  if (list.length === 0) return nothing;
  const providers = [...new Set(list.map(({ trust }) => trust.provider))].map((id) => CLOUDS[id]);
  return html`<p><strong>Recognised: ${list.length === 1 ? "a configuration" : `${list.length} configurations`} of ${providers.join(" and ")}.</strong> ${judged.some(({ result, survey }) => result ?? survey) ? html`<button type="button" class="small narrow" data-answer>See the answer</button>` : nothing}</p>`;
}

/** How to get the configuration that the evidence names. */
function wanted(role: string | undefined) {
  const name = role?.slice(role.lastIndexOf("/") + 1);
  // As IAM names roles: nothing that a shell would take for something else.
  if (name === undefined || !/^[\w+=,.@][\w+=,.@-]*$/.test(name)) return nothing;
  const line = `aws iam get-role --role-name ${name}`;
  return html`<p class="line">Next, paste below what this prints: <code>${line}</code> ${copy(line, "the command")}</p>`;
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1).replace(/\.$/, "");
}
