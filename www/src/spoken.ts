import { samples } from "circleci-oidc";
import { nothing } from "lit";

import { utc } from "../../pkg/src/cli/text/time.js";
import { html } from "./html.js";
import type { Inputs } from "./inputs.js";
import type { Results } from "./results.js";
import { DECISIONS } from "./words.js";

/** One sentence for those who hear the page; only once nothing changes any more. */
export function spoken({ judged, settled, reading }: Results): string {
  if (!settled || reading.kind === "nothing") return "";
  const decisions = judged.flatMap(({ result }) => (result === undefined ? [] : [result]));
  const [only] = decisions;
  if (decisions.length === 1 && only !== undefined) return `${DECISIONS[only.decision].word}: ${only.headline}`;
  const counts = Object.entries(DECISIONS).flatMap(([decision, { word }]) => {
    const count = decisions.filter((one) => one.decision === decision).length;
    return count === 0 ? [] : [`${count} ${word.toLowerCase()}`];
  });
  return counts.join(", ");
}

/** Says that the clock stands still, and lets it go. */
export function sampleClock({ clock }: Inputs, release: () => void) {
  if (clock === undefined) return nothing;
  const why = clock === samples().now ? "The clock is fixed to the samples' time" : "The clock is fixed";
  return html`<p class="notice">${why}: ${utc(clock)}. <button type="button" class="small" @click=${release}>Use the real time</button></p>`;
}
