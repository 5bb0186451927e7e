import { type TemplateResult, html, nothing } from "lit";

import { PageElement } from "./element.js";

/** A fold whose inside is made when it is opened: the steps of a large policy are thousands of elements. */
export class Fold extends PageElement {
  static override properties = { kind: {}, head: { attribute: false }, inside: { attribute: false }, open: { type: Boolean } };

  declare kind: string;
  declare head: TemplateResult;
  /** Whatever Lit takes. */
  declare inside: () => unknown;
  declare open: boolean;

  protected override render() {
    return html`<details class=${this.kind} ?open=${this.open} @toggle=${(event: Event) => (this.open = (event.target as HTMLDetailsElement).open)}>
      <summary>${this.head}</summary>
      ${this.open ? this.inside() : nothing}
    </details>`;
  }
}

customElements.define("oidc-fold", Fold);

export const fold = (kind: string, head: TemplateResult, inside: Fold["inside"], open = false) => html`<oidc-fold .kind=${kind} .head=${head} .inside=${inside} ?open=${open}></oidc-fold>`;
