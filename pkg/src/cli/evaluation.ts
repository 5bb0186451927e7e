import { type EvaluateOptions, type InspectInput, type Trust, type TrustResult, decode, evaluate, formatText, inspect } from "circleci-oidc";

import { systemTime } from "./time.js";

export interface Evaluation {
  results: TrustResult[];
  text(style: { color: boolean }): string;
}

/** Judges claims. */
export function ofClaims(claims: string, trust: Trust[], options: EvaluateOptions): Evaluation {
  return {
    results: trust.map((one) => evaluate(claims, one, options)),
    text: (style) => trust.map((one) => formatText("evaluate", { claims, trust: one, options }, style)).join("\n"),
  };
}

/** Judges a token by what `inspect` says of its trust, which also knows of a token that cannot be read cleanly. */
export function ofToken(token: string, trust: Trust[], { now, probes }: Pick<EvaluateOptions, "now" | "probes">): Evaluation {
  const input: InspectInput = { token, trust, now: now ?? systemTime(), trustAt: now === undefined ? "issued" : "now", probes };
  const results = inspect(input).trust;
  return {
    results,
    text(style) {
      const { claims, header } = decode(token);
      const options = { now, probes, alg: typeof header?.alg === "string" ? header.alg : undefined };
      const alike = claims !== null && trust.every((one, index) => evaluate(claims, one, { ...options, probes: false }).decision === results[index]?.decision);
      // A text about the claims alone, if they tell all that was judged; else the whole report, which says what is wrong.
      if (!alike) return formatText("inspect", input, style);
      return trust.map((one) => formatText("evaluate", { claims, trust: one, options }, style)).join("\n");
    },
  };
}
