import { html, nothing } from "lit";
import { repeat } from "lit/directives/repeat.js";

import { held } from "./address.js";
import { isAsked, otherRole, roleIn } from "./asked.js";
import { claims } from "./claims.js";
import { commands } from "./commands.js";
import { PageElement } from "./element.js";
import type { Engine } from "./engine.js";
import { explained } from "./explained.js";
import type { Field } from "./field.js";
import { footer } from "./footer.js";
import { EMPTY, type Inputs } from "./inputs.js";
import { unsigned, withoutSignatures } from "./reading.js";
import { found, recognised } from "./recognised.js";
import { NOTHING, type Results } from "./results.js";
import { settings } from "./settings.js";
import { sampleClock, spoken } from "./spoken.js";
import { verdicts } from "./verdicts.js";
import { Work } from "./work.js";

/** So many answers are shown open. */
const OPEN = 2;

/** The whole page: the inputs at one side, what follows from them at the other. */
export class Page extends PageElement {
  static override properties = { engine: { attribute: false }, compact: { type: Boolean }, given: { state: true }, inputs: { state: true }, results: { state: true }, dropped: { state: true } };

  declare engine: Engine;
  /** In another page's frame: no head, and no samples. */
  declare compact: boolean;
  /** The configuration came from the page around this one; its reader need not look at it first. */
  declare given: boolean;
  declare inputs: Inputs;
  declare results: Results;
  /** The token whose signature was dropped from the field. */
  declare dropped: string;
  #work = new Work((results) => this.#show(results));

  constructor() {
    super();
    this.given = false;
    this.inputs = EMPTY;
    this.results = NOTHING;
    this.dropped = "";
    this.addEventListener("field", (event) => {
      const { name, value, whole } = (event as CustomEvent<{ name: keyof Inputs; value: string; whole: boolean }>).detail;
      this.change({ [name]: value }, whole);
    });
    this.addEventListener("sample", (event) => {
      this.change({ ...EMPTY, clock: undefined, ...(event as CustomEvent<Inputs>).detail }, true);
      this.addEventListener("settled", () => this.#toResults(), { once: true });
    });
    this.addEventListener("want", (event) => this.#work.want((event as CustomEvent<number>).detail));
    this.addEventListener("place", (event) => this.#field("configurations")?.mark(...(event as CustomEvent<[number, number]>).detail));
    this.addEventListener("replace", (event) => {
      this.#field("configurations")?.replace(...(event as CustomEvent<[number, number, string]>).detail);
      this.#now();
    });
    this.addEventListener("click", (event) => this.#clicked(event));
    this.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.#now();
    });
    // What a browser restores with a page must not be a token.
    addEventListener("pagehide", () => this.clear());
  }

  /** New inputs. `whole`: nobody is typing, so it need not wait. */
  change(changed: Partial<Inputs>, whole = false): void {
    this.inputs = { ...this.inputs, ...changed };
    this.#work.start(this.inputs, whole ? 0 : undefined);
  }

  clear(): void {
    this.dropped = "";
    this.change({ ...EMPTY, clock: undefined }, true);
  }

  protected override render() {
    const { inputs, results } = this;
    const { report, judged, reading } = results;
    const message = reading.kind === "message" || reading.kind === "evidence" ? reading.message : null;
    // What the message may mean is of use until it is known what it did mean.
    const said = message === null ? nothing : explained(reading.kind === "evidence", judged.length > 0, message);
    const isEmpty = inputs.entry === "" && inputs.configurations === "";
    const dropped = reading.kind === "token" && this.dropped !== "" && unsigned(reading.token) === this.dropped;
    return html`
      <header class=${this.compact ? "offscreen" : ""}><h1>Why is my CircleCI job refused?</h1><p>Paste what the job sent and the configuration that refuses it. Nothing that you paste leaves this page${__FETCHING__ ? ", unless you fetch a key set: then CircleCI learns the organization's id" : ""}.</p></header>
      <main>
        <div class="inputs">
          ${held ? html`<p class="warning" role="alert">The address of this page held a token. It was not read, but the browser's history and the server's log may have kept it: treat it as known to others.</p>` : nothing}
          <oidc-field name="entry" label="What the job sent" hint="A token, its claims, a CloudTrail event, a log …" rows=${this.compact ? 5 : 7} .value=${inputs.entry} .note=${recognised(results, dropped)}></oidc-field>
          ${this.given ? html`<details class="card"><summary><h2>What refuses it: given by the page around</h2></summary>${this.#configurations()}</details>` : this.#configurations()}
          <details class="card beside" ?open=${inputs.beside !== ""}>
            <summary><h2>What stands beside the configuration</h2></summary>
            <oidc-field name="beside" label="Members of it as JSON, or such a document" hint='{"context": {"aws:SourceIp": "203.0.113.7"}}' rows="4" .value=${inputs.beside}></oidc-field>
          </details>
          ${settings(inputs, results, (changed) => this.change(changed))}
          <p class="tools"><button type="button" @click=${() => this.clear()}>Clear everything</button></p>
          ${this.compact || isEmpty ? nothing : html`<oidc-try></oidc-try>`}
        </div>
        <div class="results" id="results">
          <p class="offscreen" role="status">${spoken(results)}</p>
          ${sampleClock(inputs, () => this.change({ clock: undefined }, true))}
          ${judged.length === 0 && report === undefined && message === null ? html`<div class="empty"><p>The answer appears here while you type.</p>${isEmpty && !this.compact ? html`<oidc-try></oidc-try>` : nothing}${this.compact ? nothing : commands()}</div>` : nothing}
          ${judged.length === 0 ? said : nothing} ${message !== null && report === undefined && judged.length === 0 ? html`<div class="card">${commands()}</div>` : nothing}
          ${judged.length > OPEN ? html`<h2>${judged.length} configurations</h2>` : nothing}
          ${otherRole(results)} ${this.#panels()} ${judged.length > 0 ? said : nothing}
          ${report === undefined ? nothing : html`${verdicts(report, inputs.organization !== "" && (inputs.keySet !== "" || reading.kind !== "token"), dropped)}${claims(report.decoded, report.now, !this.compact)}<oidc-ticket .results=${results}></oidc-ticket>`}
        </div>
      </main>
      ${footer(this.engine)}
    `;
  }

  #configurations() {
    return html`<oidc-field name="configurations" label="What refuses it: one configuration, or many" hint="A trust policy, what get-role or describe printed, a Terraform plan …" rows="10" .value=${this.inputs.configurations} .note=${found(this.results)}></oidc-field>`;
  }

  /** The one that the job asked for first. */
  #panels() {
    const { results } = this;
    const role = roleIn(results);
    const all = results.judged.map((judged, index) => ({ judged, index, asked: isAsked(judged, role) }));
    const ordered = [...all.filter(({ asked }) => asked), ...all.filter(({ asked }) => !asked)];
    return repeat(
      ordered,
      ({ index }) => index,
      ({ judged, index, asked }) => html`<oidc-panel .judged=${judged} .index=${index} ?alone=${asked || all.length <= OPEN}></oidc-panel>`,
    );
  }

  #show(results: Results) {
    this.results = results;
    const { checked, reading, settled } = results;
    if (settled) this.dispatchEvent(new CustomEvent("settled"));
    if (checked !== undefined) this.#drop(checked.token);
    else if (reading.kind === "evidence") {
      const entry = withoutSignatures(this.inputs.entry);
      if (entry !== this.inputs.entry) this.inputs = { ...this.inputs, entry };
    }
  }

  /** Takes the signature out of the field; what its check said stays. */
  #drop(token: string) {
    this.dropped = token;
    this.inputs = { ...this.inputs, entry: token };
  }

  #clicked({ target }: Event) {
    if (!(target instanceof HTMLElement)) return;
    const { move, drop, settings: wanted, beside, answer } = target.dataset;
    if (move === "keySet" || move === "configurations") this.change({ [move]: this.inputs.entry, entry: "" }, true);
    if (wanted !== undefined) this.#open("settings", "organization");
    if (beside !== undefined) this.#open("beside", "beside");
    if (answer !== undefined) this.#toResults();
    if (drop !== undefined) this.change({ entry: unsigned(this.inputs.entry) }, true);
  }

  #open(fold: string, field: string) {
    this.querySelector(`details.${fold}`)?.setAttribute("open", "");
    this.querySelector<HTMLElement>(`#${field}`)?.focus();
  }

  #now() {
    this.#work.start(this.inputs, 0);
    this.#toResults();
  }

  /** On a narrow screen they stand below the inputs. */
  #toResults() {
    const results = this.querySelector("#results");
    if (results !== null && results.getBoundingClientRect().top > innerHeight / 2) results.scrollIntoView();
  }

  #field(name: string): Field | undefined {
    return [...this.querySelectorAll<Field>("oidc-field")].find((field) => field.name === name);
  }
}

customElements.define("oidc-page", Page);
