import type { Probe } from "circleci-oidc";
import { nothing } from "lit";

import { shown } from "../../pkg/src/cli/text/values.js";
import { html } from "./html.js";
import { DECISIONS } from "./words.js";

/** Who gets in stands first, and of those who should not. */
const order = ({ dangerous, decision }: Probe) => (dangerous ? 0 : ["allow", "unknown"].indexOf(decision) + 1 || 3);

/** Other tokens that were tried. What differs is told of those that get in or may. */
export function probes(list: readonly Probe[], caption: string) {
  return html`<table class="probes">
    <caption class="offscreen">${caption}</caption>
    <thead><tr><th scope="col">Whose token</th><th scope="col">Answer</th><th scope="col">What differs</th></tr></thead>
    <tbody>
      ${[...list].sort((one, other) => order(one) - order(other)).map(({ title, decision, dangerous, claims }) => {
        const { word, mark, tone } = DECISIONS[decision];
        return html`<tr class=${dangerous ? "dangerous" : ""}>
          <th scope="row">${title}</th>
          <td><span class="answer ${dangerous ? "bad" : tone === "bad" ? "quiet" : tone}"><span aria-hidden="true">${dangerous ? "!" : mark} </span>${word}</span>${dangerous ? html`<br />very likely not wanted` : nothing}</td>
          <td dir="auto">${decision === "deny" ? nothing : Object.entries(claims).map(([name, value]) => html`<div class="differs"><span class="quiet">${name}</span> <code>${value === null ? "(absent)" : shown(value)}</code></div>`)}</td>
        </tr>`;
      })}
    </tbody>
  </table>`;
}

/** How many get in, in one line. */
export function admitted(list: readonly Probe[]): string {
  const many = (count: number, what: string) => (count === 0 ? [] : [`${count} ${what}`]);
  const dangerous = list.filter((probe) => probe.dangerous).length;
  const others = list.filter(({ decision, dangerous }) => decision === "allow" && !dangerous).length;
  const open = list.filter(({ decision, dangerous }) => decision === "unknown" && !dangerous).length;
  const parts = [...many(dangerous, "dangerous"), ...many(others, "others"), ...many(open, "unknown")];
  return parts.length === 0 ? `none of the ${list.length} that were tried` : parts.join(", ");
}
