import { type Samples, detect, samples } from "circleci-oidc";

import { PageElement } from "./element.js";
import { html } from "./html.js";
import { EMPTY, type Inputs } from "./inputs.js";
import { CLOUDS } from "./words.js";

type Case = Samples["cases"][number];

/** "Try it": the samples, one click, under the clock that they were made for. */
export class TryIt extends PageElement {
  static override properties = { chosen: { state: true } };

  declare chosen: number;
  /** The last choice of any of them: an empty page has it in another place than a full one. */
  static #last: number | undefined;
  #samples = samples();

  constructor() {
    super();
    this.chosen = TryIt.#last ?? Math.max(0, this.#samples.cases.findIndex(({ expect }) => expect === "deny"));
  }

  protected override render() {
    const { cases } = this.#samples;
    const groups = [...new Set(cases.map(({ trust }) => trust.provider))];
    return html`<div class="try">
      <label for="sample">Nothing at hand? Try</label>
      <select id="sample" @change=${(event: Event) => (TryIt.#last = this.chosen = Number((event.target as HTMLSelectElement).value))}>
        ${groups.map(
          (id) => html`<optgroup label=${CLOUDS[id]}>${cases.map(({ title, trust }, index) => (trust.provider === id ? html`<option value=${index} ?selected=${index === this.chosen}>${title}</option>` : ""))}</optgroup>`,
        )}
      </select>
      <button type="button" @click=${this.#load}>Try it</button>
    </div>`;
  }

  #load() {
    const chosen = this.#samples.cases[this.chosen];
    if (chosen !== undefined) this.dispatchEvent(new CustomEvent("sample", { detail: inputsOf(chosen, this.#samples), bubbles: true }));
  }
}

/** A sample as somebody would have pasted it. The configuration is the one member that is text and recognised by itself. */
function inputsOf({ token, trust }: Case, { jwks, organization, now }: Samples): Inputs {
  const [main, ...others] = Object.entries(trust).filter(([name]) => name !== "provider" && name !== "name");
  const [, configuration] = main ?? [];
  return {
    ...EMPTY,
    entry: token,
    configurations: typeof configuration === "string" ? configuration : JSON.stringify(configuration, null, 2),
    beside: besideOf(others),
    organization,
    keySet: JSON.stringify(jwks, null, 2),
    clock: now,
  };
}

/** One document that is known for what it is stands as it is; everything else by its name. */
function besideOf(members: [string, unknown][]): string {
  const [[name, value] = ["", undefined], ...more] = members;
  if (value === undefined) return "";
  if (more.length === 0 && typeof value === "string") {
    const detected = detect(value);
    if (detected.kind === "trust" && detected.field === name) return value;
  }
  return JSON.stringify(Object.fromEntries(members), null, 2);
}

customElements.define("oidc-try", TryIt);
