import { PageElement } from "./element.js";
import { html } from "./html.js";

/** For how long the button says that it has copied. */
const SAID = 1600;

/** A button that copies a text. */
export class Copy extends PageElement {
  static override properties = { text: {}, what: {}, said: { state: true } };

  declare text: string;
  /** What is copied, for those who do not see what stands beside it. */
  declare what: string;
  declare said: string;

  constructor() {
    super();
    this.text = this.what = this.said = "";
  }

  protected override render() {
    return html`<button type="button" class="small" aria-label="Copy ${this.what}" @click=${this.#copy}>${this.said || "Copy"}</button>`;
  }

  async #copy() {
    this.said = (await copied(this.text, this)) ? "Copied" : "Press Ctrl+C";
    setTimeout(() => (this.said = ""), SAID);
  }
}

/** A sandboxed frame may not use the clipboard's interface, but the old command. */
async function copied(text: string, near: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const field = document.createElement("textarea");
    field.value = text;
    field.className = "offscreen";
    near.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done;
  }
}

customElements.define("oidc-copy", Copy);

/** What to show for a text to copy. */
export const copy = (text: string, what: string) => html`<oidc-copy .text=${text} .what=${what}></oidc-copy>`;
