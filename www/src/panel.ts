import type { Hint, Span, Step, TrustResult } from "circleci-oidc";
import { html, nothing } from "lit";

import { shown } from "../../pkg/src/cli/text/values.js";
import { stepAt } from "../../pkg/src/cli/text/way.js";
import { badge } from "./badge.js";
import { memberOf, textAt } from "./configurations.js";
import { PageElement } from "./element.js";
import { excerpt } from "./excerpt.js";
import { findings } from "./findings.js";
import { fix } from "./fix.js";
import { fold } from "./fold.js";
import { admitted, probes } from "./probes.js";
import type { Judged } from "./results.js";
import { steps } from "./steps.js";
import { surveyed } from "./surveyed.js";
import { values } from "./values.js";
import { CLOUDS, DECISIONS } from "./words.js";

/** One configuration's answer: what happened, why, what to do, and everything behind it. */
export class Panel extends PageElement {
  static override properties = { judged: { attribute: false }, index: { type: Number }, alone: { type: Boolean }, open: { state: true } };

  declare judged: Judged;
  declare index: number;
  /** The only one, or one of few: shown without being asked for. */
  declare alone: boolean;
  declare open: boolean | undefined;

  protected override render() {
    const { result, survey, problem, configuration } = this.judged;
    const decision = result?.decision;
    const { name, provider } = result ?? survey ?? configuration.trust;
    const open = this.open ?? this.alone;
    const when = configuration.when === undefined ? "" : ` (${configuration.when} the plan)`;
    return html`<details class="panel ${decision === undefined ? "" : DECISIONS[decision].tone}" ?open=${open} @toggle=${this.#toggled}>
      <summary>
        <h3>
          ${decision === undefined ? nothing : badge(DECISIONS[decision])}
          <span class="name">${CLOUDS[provider]} ${name ?? configuration.address ?? ""}${when}</span>
        </h3>
        ${result === undefined ? nothing : html`<p class="headline">${this.#headline(result)}</p>`}
        ${problem === undefined ? nothing : html`<p class="headline">This configuration cannot be judged: ${problem}</p>`}
      </summary>
      ${open ? html`<div class="body">${result === undefined ? (survey === undefined ? nothing : surveyed(survey, (at) => this.#place(at))) : this.#body(result)}</div>` : nothing}
    </details>`;
  }

  #body(result: TrustResult) {
    const { deciding, sibling, decision, probes: others, findings: remarks, assumed, identity } = result;
    const step = stepAt(result.steps, deciding);
    const proved = stepAt(result.steps, result.fix);
    const hint = step?.hint?.message;
    const vendor = vendorText(result);
    return html`
      ${step === undefined ? nothing : html`${this.#why(step)} ${hint === undefined || result.headline.includes(hint) ? nothing : html`<p>${hint}</p>`}
        ${step.outcome === "unknown" && step.claim === undefined ? html`<p><button type="button" class="small" data-beside>Say what stands beside the configuration</button></p>` : nothing}`}
      ${sibling !== undefined && sibling.decision !== decision ? html`<p>The same job's ${sibling.format.toUpperCase()} token: <strong>${DECISIONS[sibling.decision].word.toLowerCase()}</strong>.</p>` : nothing}
      ${proved?.hint === undefined ? nothing : html`${proved.hint.code === "hint.together" ? html`<p>${proved.hint.message}</p>` : nothing}${this.#fix(proved.hint)}`}
      ${this.#danger(result)}
      ${this.judged.complete ? nothing : html`<p class="quiet">Looking for a fix, and for who else gets in…</p>`}
      ${step?.at === undefined ? nothing : this.#excerpt(step.at)}
      ${vendor === undefined ? nothing : html`<p class="quiet">The cloud itself says no more than: <q>${vendor}</q></p>`}
      ${fold("more", html`Every step`, () => steps(result.steps, deciding, { place: ({ at }) => (at === undefined ? nothing : this.#place(at)) }))}
      ${others.length === 0 ? nothing : fold("more", html`Who else gets in? <span class="quiet">${admitted(others)}</span>`, () => probes(others, "Other tokens that this configuration was tried with"))}
      ${remarks.length === 0 ? nothing : fold("more", html`Remarks <span class="quiet">${remarks.length}</span>`, () => findings(remarks, (at) => this.#place(at)))}
      ${assumed.length === 0 ? nothing : fold("more", html`Taken for granted, because it was not shown <span class="quiet">${assumed.length}</span>`, () => html`<ul>${assumed.map((one) => html`<li>${one}</li>`)}</ul>`)}
      ${identity === undefined ? nothing : fold("more", html`What the cloud hands on`, () => html`<dl class="values">${Object.entries(identity).map(([name, value]) => html`<dt>${name}</dt><dd dir="auto">${(Array.isArray(value) ? value : [value]).map((one) => html`<div><code>${shown(one)}</code></div>`)}</dd>`)}</dl>`)}
    `;
  }

  /** Both values; of a step that forbids, those of the conditions that it is made of. */
  #why(step: Step) {
    const parts = step.outcome === "fail" ? (step.children ?? []) : [];
    return [values(step), ...parts.filter(({ code }) => code.includes(".operator.")).map(values)];
  }

  /** Who gets in beside, and very likely should not: no fold may hide that. */
  #danger({ probes }: TrustResult) {
    const dangerous = probes.filter((probe) => probe.dangerous);
    if (dangerous.length === 0) return nothing;
    return html`<div class="warning"><p><strong>It also lets in, which is very likely not wanted:</strong></p><ul>${dangerous.map(({ title }) => html`<li>${title}</li>`)}</ul></div>`;
  }

  #fix(hint: Hint) {
    const { configuration } = this.judged;
    const { at, fix: text = "" } = hint;
    const [start, end] = (at && configuration.locate(at)) ?? [0, 0];
    const first = configuration.pasted[start];
    const quoted = first === '"';
    const put = end > start && (quoted || first === "{") ? () => this.#tell("replace", [start, end, quoted ? JSON.stringify(text) : text]) : undefined;
    return fix(hint, { where: at === undefined ? "" : `line ${this.#line(at)}${this.#whose(at)}`, quoted: quoted && put !== undefined, put });
  }

  #excerpt(at: Span) {
    const text = textAt(this.judged.configuration, at);
    return text === undefined ? nothing : html`${excerpt(text, { ...at, line: this.#line(at) }, this.#whose(at) || " of the configuration")} <p>${this.#place(at)}</p>`;
  }

  /** The line as the pasted text counts, where the place is in it. */
  #line(at: Span): number {
    const { above, locate } = this.judged.configuration;
    return at.line + (locate(at) === undefined ? 0 : above);
  }

  /** What happened. It names the line of a role's own policy; somebody who looks it up has the whole document before them. */
  #headline({ headline, steps, deciding }: TrustResult): string {
    const at = stepAt(steps, deciding)?.at;
    return at === undefined ? headline : headline.replace(new RegExp(`\\bline ${at.line}\\b`), `line ${this.#line(at)}`);
  }

  /** In what a place is, where that is not the configuration itself. */
  #whose(at: Span | undefined): string {
    return at === undefined || memberOf(at) === this.judged.configuration.main ? "" : ` of ${memberOf(at)}`;
  }

  /** A button that selects a place in what was pasted; of a string what stands between its quotes, for that is what somebody replaces. */
  #place(at: Span) {
    const { pasted, locate } = this.judged.configuration;
    const [start, end] = locate(at) ?? [0, 0];
    if (end <= start) return nothing;
    const quote = pasted[start] === '"' && pasted[end - 1] === '"' && end - start > 2 ? 1 : 0;
    return html`<button type="button" class="small" @click=${() => this.#tell("place", [start + quote, end - quote])}>Show in the pasted text</button>`;
  }

  #tell(name: string, detail: unknown) {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }

  #toggled(event: Event) {
    if (event.target !== event.currentTarget) return;
    this.open = (event.target as HTMLDetailsElement).open;
    if (this.open) this.#tell("want", this.index);
  }
}

/** What the cloud prints, of the first failing step that knows it. */
function vendorText({ steps }: TrustResult): string | undefined {
  return steps.find(({ outcome, vendorText }) => outcome === "fail" && vendorText !== undefined)?.vendorText;
}

customElements.define("oidc-panel", Panel);
