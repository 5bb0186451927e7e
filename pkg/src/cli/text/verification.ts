import type { Verification } from "circleci-oidc";

import { heading, verdictLine } from "./layout.js";
import type { Color, Paint } from "./paint.js";
import { steps } from "./steps.js";

const VERDICTS: Record<Verification["verdict"], [word: string, color: Color]> = {
  valid: ["VALID", "green"],
  invalid: ["INVALID", "red"],
  unverified: ["UNVERIFIED", "yellow"],
};

export function summary({ verdict, headline }: Verification, paint: Paint): string {
  return verdictLine(...VERDICTS[verdict], headline, paint);
}

/** The nine steps; what a step is made of only where it did not pass. */
export function details(verification: Verification, paint: Paint): string {
  const brief = verification.steps.map((step) => (step.outcome === "pass" ? { ...step, children: [] } : step));
  return heading("Is the token genuine, ours and current?", paint) + steps(brief, 2, paint);
}
