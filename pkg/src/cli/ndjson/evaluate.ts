import { CircleciOidcError, type EvaluateOptions, type Trust, type TrustResult, evaluate } from "circleci-oidc";

import { chunksOf } from "../chunks.js";
import { FINE, type Status, USAGE, ofTrust, worst } from "../exit.js";
import { formatOf } from "../format.js";
import { strictUtf8 } from "../input.js";
import type { Options } from "../options.js";
import { send } from "../output.js";
import { Problem } from "../problem.js";
import { clean } from "../text/clean.js";
import { VERDICTS } from "../text/trust.js";
import { namesIn, readNames } from "../names.js";
import { epochSeconds } from "../time.js";
import { ANY_TRUST, readTrust } from "../trust/index.js";
import { type Line, lines } from "./lines.js";

/** Bytes of one line: the most that the core takes as claims. */
const LONGEST = 64 * 1024;

export const FORMATS = ["text", "json", "brief"] as const;

/** What is said of one line. */
type Answer = { line: number } & ({ results: TrustResult[] } | { error: string });

/** Judges one claim set a line, and answers in the order of the lines. Holds one line at a time: a reader that stops makes it
 *  stop reading. */
export async function evaluateLines(options: Options): Promise<Status> {
  for (const name of ["token-file", "env", "claims", "evidence"] as const) {
    if (options.has(name)) throw new Problem(`--claims-ndjson and --${name}: give one of them`);
  }
  const format = formatOf(options, FORMATS);
  const write = WRITERS[format];
  const trust = await readTrust(options);
  if (trust.length === 0) throw new Problem(`name at least one configuration to evaluate: ${ANY_TRUST}`);
  const time = options.one("now");
  const judgement = { now: time === undefined ? undefined : epochSeconds(time), partial: options.has("partial"), names: await readNames(options), probes: format === "json" && !options.has("no-probes") };
  // A configuration that cannot be judged is no mistake of each line.
  for (const one of trust) evaluate({}, one, { probes: false });
  let status: Status = FINE;
  for await (const line of lines(chunksOf(options.one("claims-ndjson")!), LONGEST)) {
    if (line.bytes?.length === 0) continue;
    const answer = judge(line, trust, judgement);
    status = worst([status, "error" in answer ? USAGE : ofTrust(answer.results)]);
    if (!(await send(write(answer)))) break;
  }
  return status;
}

function judge({ number, bytes }: Line, trust: Trust[], options: EvaluateOptions): Answer {
  try {
    if (bytes === undefined) throw new Problem(`more than ${LONGEST / 1024} KiB in one line`);
    const claims = strictUtf8(bytes, "the line").replace(number === 1 ? /^\ufeff/ : "", "");
    return { line: number, results: trust.map((one) => evaluate(claims, one, { ...options, names: namesIn(options.names, claims, one) })) };
  } catch (error) {
    if (!(error instanceof Problem || error instanceof CircleciOidcError)) throw error;
    return { line: number, error: error.message.replace(/^claims: /, "").replace(/ \(line 1, column (\d+)\)$/, " (column $1)") };
  }
}

const WRITERS: Record<(typeof FORMATS)[number], (answer: Answer) => string> = {
  text(answer) {
    const told = "error" in answer ? [`NOT READ  ${answer.error}`] : answer.results.map(({ decision, headline }) => `${VERDICTS[decision][0]}  ${headline}`);
    return told.map((words) => `${answer.line}  ${clean(words)}\n`).join("");
  },
  json: (answer) => `${JSON.stringify(answer)}\n`,
  brief(answer) {
    const results = "error" in answer ? undefined : answer.results.map(({ provider, name, decision, headline }) => ({ provider, name, decision, headline }));
    return `${JSON.stringify({ ...answer, results })}\n`;
  },
};
