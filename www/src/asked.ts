import { nothing } from "lit";

import { html } from "./html.js";
import type { Judged, Results } from "./results.js";

/** Whether this is the configuration that the evidence names. */
export function isAsked({ configuration, result }: Judged, role: string | undefined): boolean {
  const name = result?.name ?? configuration.trust.name;
  return role !== undefined && name !== undefined && (name === role || name.startsWith(`${role} (`));
}

/** Which configuration the evidence names. */
export function roleIn({ reading }: Results): string | undefined {
  return reading.kind === "evidence" ? reading.evidence.role : undefined;
}

/** A word on it if the job asked for none of those that were judged, as far as these are named. */
export function otherRole(results: Results) {
  const { judged } = results;
  const role = roleIn(results);
  const names = judged.flatMap(({ result }) => (result?.name?.includes(":role/") ? [result.name] : []));
  if (role === undefined || names.length === 0 || judged.some((one) => isAsked(one, role))) return nothing;
  return html`<p class="notice">The job asked for ${role}; ${names.length === 1 ? html`what was pasted is ${names[0]}` : "it is not among these roles"}.</p>`;
}
