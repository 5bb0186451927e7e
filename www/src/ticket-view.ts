import { copy } from "./copy.js";
import { PageElement } from "./element.js";
import { html } from "./html.js";
import type { Results } from "./results.js";
import { ticket } from "./ticket.js";

/** A report to take along: made only once somebody asks for it. */
export class TicketView extends PageElement {
  static override properties = { results: { attribute: false }, open: { state: true }, json: { state: true }, ids: { state: true } };

  declare results: Results;
  declare open: boolean;
  declare json: boolean;
  declare ids: boolean;

  constructor() {
    super();
    this.open = this.json = this.ids = false;
  }

  protected override render() {
    return html`<details class="card" @toggle=${(event: Event) => (this.open = (event.target as HTMLDetailsElement).open)}>
      <summary><h2>Report for a ticket</h2></summary>
      ${this.open ? this.#body() : ""}
    </details>`;
  }

  #body() {
    const text = ticket(this.results, this.json ? "json" : "markdown", this.ids);
    const option = (label: string, json: boolean) => html`<label><input type="radio" name="format" .checked=${this.json === json} @change=${() => (this.json = json)} /> ${label}</label>`;
    return html`
      <fieldset class="choices">
        <legend class="offscreen">Form of the report</legend>
        ${option("Markdown", false)} ${option("JSON", true)}
        <label><input type="checkbox" .checked=${this.ids} @change=${(event: Event) => (this.ids = (event.target as HTMLInputElement).checked)} /> With the ids of user, pipeline and job</label>
        ${copy(text, "the report")}
        <button type="button" class="small" @click=${() => window.print()}>Print</button>
      </fieldset>
      <p class="quiet">${this.ids ? "Everything but the signature." : "The ids of user, pipeline and job are zeros in it."} Never the signature.</p>
      <pre tabindex="0" role="group" aria-label="The report"><code>${text}</code></pre>
    `;
  }
}

customElements.define("oidc-ticket", TicketView);
