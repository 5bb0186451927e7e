import { LitElement } from "lit";

import { failed } from "./said.js";

/** Without a shadow root: the page has one style sheet, and labels reach their fields across components. */
export class PageElement extends LitElement {
  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override performUpdate(): void {
    try {
      super.performUpdate();
    } catch (error) {
      failed(error);
    }
  }
}
