import { nothing } from "lit";
import { live } from "lit/directives/live.js";

import { html } from "./html.js";
import type { Inputs } from "./inputs.js";
import { keySetAdvice } from "./key-set.js";
import type { Results } from "./results.js";

/** What the token is held against, beside the configurations. */
export function settings(inputs: Inputs, { report, problem }: Results, change: (changed: Partial<Inputs>) => void) {
  const line = (name: "organization" | "audience", label: string, hint: string) => html`<div class="line-field">
    <label for=${name}>${label}</label>
    <input id=${name} type="text" placeholder=${hint} autocomplete="off" autocapitalize="off" spellcheck="false" translate="no" .value=${live(inputs[name])} @input=${(event: Event) => change({ [name]: (event.target as HTMLInputElement).value })} />
  </div>`;
  const asked = inputs.clock === undefined ? "" : new Date(inputs.clock * 1000).toISOString().slice(0, 19);
  return html`<details class="card settings">
    <summary><h2>Organization, key set, names and clock</h2></summary>
    <p class="quiet">Without your organization's id nothing says that a token is yours; without the key set nothing says that it is genuine. Neither changes what a cloud decides.</p>
    ${line("organization", "Organization id", "3f6b1c52-…")} ${line("audience", "Audience, if it is not the organization's id", "")}
    <oidc-field name="keySet" label="Key set of the issuer" hint='{"keys": [ … ]}' rows="4" .value=${inputs.keySet} .note=${keySetAdvice(report?.decoded)}></oidc-field>
    <oidc-field name="names" label="Names of ids" hint='{"9f3c…": "payments-api"}' rows="3" .value=${inputs.names}></oidc-field>
    ${problem === undefined ? nothing : html`<p class="bad">${problem}</p>`}
    <div class="line-field">
      <label for="clock">As of (UTC)</label>
      <input id="clock" type="datetime-local" step="1" .value=${live(asked)} @change=${(event: Event) => change({ clock: seconds((event.target as HTMLInputElement).value) })} aria-describedby="clock-note" />
      <p class="quiet" id="clock-note">Empty: the token by this device's clock, configurations as of when the token was minted or presented.</p>
    </div>
  </details>`;
}

function seconds(value: string): number | undefined {
  const time = Date.parse(`${value}Z`);
  return Number.isNaN(time) ? undefined : Math.floor(time / 1000);
}
