import { CircleciOidcError, type Decision, type Outcome, type Step, evaluate } from "circleci-oidc";

import { Problem, quoted } from "../problem.js";
import type { Expectation, Suite } from "./suite.js";

/** What became of one expectation. */
export interface Verdict extends Expectation {
  file: string;
  passed: boolean;
  actual: Decision;
  headline: string;
  /** Codes of the steps that decided. */
  reasons: string[];
}

/** The outcome that a deciding step has. */
const DECIDING: Record<Decision, Outcome> = { allow: "pass", deny: "fail", invalid: "fail", unknown: "unknown" };

/** `invalid` and `unknown` are answers of their own: a test that expects `deny` fails with them. */
export function judge(suite: Suite, expectation: Expectation): Verdict {
  const { decision, headline, steps } = answer(suite, expectation);
  const reasons = deciding(steps, DECIDING[decision]);
  const { reason } = expectation;
  const passed = decision === expectation.decision && (reason === undefined || reasons.all.has(reason));
  return { ...expectation, file: suite.file, passed, actual: decision, headline, reasons: [...reasons.leaves] };
}

function answer({ file, scenarios, configurations }: Suite, { configuration, claims }: Expectation) {
  const scenario = scenarios.get(claims)!;
  const { trust, line } = configurations.get(configuration)!;
  try {
    return evaluate(scenario.claims, trust, { now: scenario.now, partial: scenario.partial, probes: false });
  } catch (error) {
    if (!(error instanceof CircleciOidcError)) throw error;
    const isTrust = /^(?:trust\b|the configuration )/.test(error.message);
    const what = isTrust ? `configuration ${quoted(configuration)}` : `claims ${quoted(claims)}`;
    throw new Problem(`${file}:${isTrust ? line : scenario.line}: ${what}: ${error.message.replace(/^claims: /, "")}`);
  }
}

/** The codes of the steps that have the outcome of the whole, and so have all steps around them: what failed inside a
 *  statement that does not matter decided nothing. A step's hint counts as well, it says why the step came out so. */
function deciding(steps: readonly Step[], outcome: Outcome): { all: Set<string>; leaves: Set<string> } {
  const all = new Set<string>();
  const leaves = new Set<string>();
  const visit = (list: readonly Step[]): boolean => {
    const matching = list.filter((step) => step.outcome === outcome);
    for (const { code, hint, children } of matching) {
      all.add(code);
      if (hint !== undefined) all.add(hint.code);
      if (!visit(children ?? [])) leaves.add(code);
    }
    return matching.length > 0;
  };
  visit(steps);
  return { all, leaves };
}
