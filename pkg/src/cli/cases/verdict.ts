import { CircleciOidcError, type Decision, type Outcome, type Step, evaluate } from "circleci-oidc";

import { type Names, namesIn } from "../names.js";
import { Problem, quoted } from "../problem.js";
import { stepAt } from "../text/way.js";
import type { Expectation, Suite } from "./suite.js";

/** What became of one expectation. */
export interface Verdict extends Expectation {
  file: string;
  passed: boolean;
  actual: Decision;
  headline: string;
  /** Code of the step that decided; undefined: the token is let in, which takes all of them. */
  decidedBy: string | undefined;
}

/** The outcome that a deciding step has. */
const DECIDING: Record<Decision, Outcome> = { allow: "pass", deny: "fail", invalid: "fail", unknown: "unknown" };

/** `invalid` and `unknown` are answers of their own: a test that expects `deny` fails with them. */
export function judge(suite: Suite, expectation: Expectation, names: Names | undefined): Verdict {
  const { decision, headline, steps, deciding } = answer(suite, expectation, names);
  const { reason } = expectation;
  const passed = decision === expectation.decision && (reason === undefined || reasons(steps, DECIDING[decision]).has(reason));
  return { ...expectation, file: suite.file, passed, actual: decision, headline, decidedBy: stepAt(steps, deciding)?.code };
}

function answer({ file, scenarios, configurations }: Suite, { configuration, claims }: Expectation, names: Names | undefined) {
  const scenario = scenarios.get(claims)!;
  const { trust, line } = configurations.get(configuration)!;
  try {
    return evaluate(scenario.claims, trust, { ...scenario.options, names: namesIn(names, scenario.claims, trust), probes: false });
  } catch (error) {
    if (!(error instanceof CircleciOidcError)) throw error;
    const isTrust = /^(?:trust\b|the configuration )/.test(error.message);
    const what = isTrust ? `configuration ${quoted(configuration)}` : `claims ${quoted(claims)}`;
    throw new Problem(`${file}:${isTrust ? line : scenario.line}: ${what}: ${error.message.replace(/^claims: /, "")}`);
  }
}

/** The codes of the steps that have the outcome of the whole, and so have all steps around them: what failed inside a
 *  statement that does not matter decided nothing. A step's hint counts as well: it says why the step came out so. */
function reasons(steps: readonly Step[], outcome: Outcome): Set<string> {
  const matching = steps.filter((step) => step.outcome === outcome);
  return new Set(matching.flatMap(({ code, hint, children }) => [code, ...(hint === undefined ? [] : [hint.code]), ...reasons(children ?? [], outcome)]));
}

