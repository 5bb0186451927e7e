import { FINE, REFUSED, type Status } from "../exit.js";
import { formatOf } from "../format.js";
import { readNames } from "../names.js";
import type { Options } from "../options.js";
import { send, wantsColor } from "../output.js";
import { Problem } from "../problem.js";
import { asJson, asJunit, asText } from "./report.js";
import { readSuite } from "./suite.js";
import { judge } from "./verdict.js";

export const FORMATS = ["text", "json", "junit"] as const;

const WRITERS = { text: (verdicts: Parameters<typeof asText>[0]) => asText(verdicts, wantsColor()), json: asJson, junit: asJunit };

/** `circleci-oidc test`: every file is read before anything is judged. */
export async function test(options: Options): Promise<Status> {
  const write = WRITERS[formatOf(options, FORMATS)];
  if (options.positionals.length === 0) throw new Problem("name the cases: circleci-oidc test cases.yaml");
  const names = await readNames(options);
  const suites = options.positionals.map(readSuite);
  const verdicts = suites.flatMap((suite) => suite.expectations.map((expectation) => judge(suite, expectation, names)));
  await send(`${write(verdicts)}\n`);
  return verdicts.every(({ passed }) => passed) ? FINE : REFUSED;
}
