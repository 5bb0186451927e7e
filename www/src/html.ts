import { html as raw } from "lit";

import { cleanLines } from "../../pkg/src/cli/text/clean.js";

/** What a template writes. Its texts come from tokens, configurations and hosts, so none may hide or reorder characters; what is bound to a name as a whole stays as it is, because it is copied or typed on. */
export function html(strings: TemplateStringsArray, ...values: unknown[]): ReturnType<typeof raw> {
  return raw(strings, ...values.map((value, index) => (typeof value === "string" && !strings[index]?.endsWith("=") ? cleanLines(value, "") : value)));
}
