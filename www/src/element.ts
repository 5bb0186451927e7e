import { LitElement } from "lit";

/** Without a shadow root: the page has one style sheet, and labels reach their fields across components. */
export class PageElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }
}
