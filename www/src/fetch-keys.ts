import { html, nothing } from "lit";

import { fetchJwks } from "../../pkg/src/jwks.js";
import { PageElement } from "./element.js";

/** What a browser says of a request that failed: it tells pages no reason. */
const NO_REASON = "You are offline, something on the way blocks it, or CircleCI does not let pages read its answer; a browser does not say which";

/** A button that gets the key set of one of CircleCI's issuers; nothing is asked for without it. */
export class FetchKeys extends PageElement {
  static override properties = { issuer: {}, problem: { state: true }, busy: { state: true } };

  declare issuer: string;
  declare problem: string;
  declare busy: boolean;
  #asking: AbortController | undefined;

  constructor() {
    super();
    this.issuer = this.problem = "";
    this.busy = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#asking?.abort();
  }

  protected override willUpdate(changed: Map<string, unknown>): void {
    // What was asked of one issuer is no answer for another.
    if (!changed.has("issuer")) return;
    this.#asking?.abort();
    this.problem = "";
    this.busy = false;
  }

  protected override render() {
    return html`
      <p><button type="button" @click=${this.#ask}>${this.busy ? "Asking…" : "Fetch the key set"} of ${this.issuer}</button></p>
      <p class="quiet">CircleCI then learns your network address and the organization's id, and nothing of the token.</p>
      <div role="status">${this.problem === "" ? nothing : html`<p class="bad">${this.problem}. Get it with the curl line and paste it.</p>`}</div>
    `;
  }

  async #ask() {
    if (this.busy) return;
    const asking = (this.#asking = new AbortController());
    this.busy = true;
    this.problem = "";
    try {
      const keySet = await fetchJwks(this.issuer, { signal: asking.signal });
      if (asking.signal.aborted) return;
      this.dispatchEvent(new CustomEvent("field", { detail: { name: "keySet", value: JSON.stringify(keySet, null, 2), whole: true }, bubbles: true }));
    } catch (error) {
      if (asking.signal.aborted) return;
      const { message, cause } = error as Error;
      this.problem = `${message.charAt(0).toUpperCase()}${message.slice(1)}${cause instanceof TypeError ? `. ${NO_REASON}` : ""}`;
    } finally {
      if (asking === this.#asking) this.busy = false;
    }
  }
}

customElements.define("oidc-fetch-keys", FetchKeys);
