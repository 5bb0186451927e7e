import { type TemplateResult, html, nothing } from "lit";
import { live } from "lit/directives/live.js";

import { copy } from "./copy.js";
import { textOf } from "./dropped.js";
import { PageElement } from "./element.js";

/** A large text field with a label, what was recognised in it, and room for dropped files. */
export class Field extends PageElement {
  static override properties = { name: {}, label: {}, hint: {}, value: {}, rows: { type: Number }, note: { attribute: false }, problem: { state: true } };

  declare name: string;
  declare label: string;
  declare hint: string;
  declare value: string;
  declare rows: number;
  /** What was recognised. */
  declare note: TemplateResult | typeof nothing;
  declare problem: string;

  constructor() {
    super();
    this.name = this.label = this.hint = this.value = this.problem = "";
    this.rows = 8;
    this.note = nothing;
  }

  protected override render() {
    const { name } = this;
    return html`
      <div class="field" @dragover=${this.#over} @drop=${this.#drop}>
        <label for=${name}>${this.label}</label>
        <textarea
          id=${name}
          rows=${this.rows}
          placeholder=${this.hint}
          aria-describedby="${name}-note"
          spellcheck="false"
          autocomplete="off"
          autocapitalize="off"
          autocorrect="off"
          translate="no"
          dir="auto"
          .value=${live(this.value)}
          @input=${(event: Event) => this.#tell((event.target as HTMLTextAreaElement).value, false)}
        ></textarea>
        <div class="note" id="${name}-note">${this.problem === "" ? this.note : html`<p class="bad">${this.problem}</p>`}</div>
        <div class="tools">
          <label class="button small file">Open a file<input type="file" multiple @change=${this.#chosen} aria-label="Open a file: ${this.label}" /></label>
          ${this.value === "" ? nothing : html`<button type="button" class="small" @click=${() => this.#tell("", true)} aria-label="Clear: ${this.label}">Clear</button>`}
          ${this.value === "" || this.name !== "configurations" ? nothing : copy(this.value, "the configuration")}
        </div>
      </div>
    `;
  }

  /** Selects a place and brings it into view. */
  mark(start: number, end: number): void {
    const area = this.querySelector("textarea");
    if (area === null) return;
    this.closest("details")?.setAttribute("open", "");
    area.focus();
    // With the selection at its end a browser scrolls there.
    area.setSelectionRange(start, start);
    area.blur();
    area.focus();
    area.setSelectionRange(start, end);
    const lines = area.value.slice(0, start).split("\n").length;
    const height = area.scrollHeight / Math.max(1, area.value.split("\n").length);
    area.scrollTop = Math.max(0, (lines - 3) * height);
  }

  /** Puts a text in place of another, as typing does: it can be undone. */
  replace(start: number, end: number, text: string): void {
    this.mark(start, end);
    const area = this.querySelector("textarea");
    if (area === null) return;
    if (!document.execCommand("insertText", false, text)) {
      area.setRangeText(text, start, end);
      this.#tell(area.value, true);
    }
    area.setSelectionRange(start, start + text.length);
  }

  #tell(value: string, whole: boolean) {
    this.problem = "";
    this.value = value;
    this.dispatchEvent(new CustomEvent("field", { detail: { name: this.name, value, whole }, bubbles: true }));
  }

  #over(event: DragEvent) {
    if (event.dataTransfer?.types.includes("Files")) event.preventDefault();
  }

  #drop(event: DragEvent) {
    const files = event.dataTransfer?.files;
    if (files === undefined || files.length === 0) return;
    event.preventDefault();
    void this.#take(files);
  }

  #chosen(event: Event) {
    const input = event.target as HTMLInputElement;
    void this.#take(input.files ?? []).then(() => (input.value = ""));
  }

  async #take(files: Iterable<File>) {
    const taken = await textOf(files);
    if ("text" in taken) this.#tell(taken.text, true);
    else this.problem = taken.problem;
  }
}

customElements.define("oidc-field", Field);
