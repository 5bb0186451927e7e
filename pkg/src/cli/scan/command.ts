import type { Severity } from "circleci-oidc";

import { FINE, REFUSED, type Status, USAGE } from "../exit.js";
import { formatOf } from "../format.js";
import { type Names, readNames } from "../names.js";
import type { Options } from "../options.js";
import { complain, send } from "../output.js";
import { Problem, quoted } from "../problem.js";
import { epochSeconds, systemTime } from "../time.js";
import { asJson } from "./json.js";
import { resourcesOf } from "./resources.js";
import { type Row, look, reaches, refusal } from "./row.js";
import { asSarif } from "./sarif.js";
import { Summary } from "./summary.js";
import { type Suppressions, readSuppressions } from "./suppressions.js";
import { asDetails, asRows } from "./text.js";

export const SCAN_FORMATS = ["text", "json", "sarif"] as const;
export const LINT_FORMATS = ["text", "json"] as const;

/** Writes rows as they come: an account's resources need not be held together. */
export interface Writer {
  begin(): string;
  row(row: Row): string;
  end(summary: Summary): string;
}

/** What is known beside the resources. */
export interface Beside {
  suppressions: Suppressions | undefined;
  names: Names | undefined;
}

const LEAST = ["error", "warning", "info", "never"] as const;

/** `circleci-oidc scan` */
export function scan(options: Options): Promise<Status> {
  const writers = { text: asRows, json: asJson, sarif: asSarif };
  return run(options, writers[formatOf(options, SCAN_FORMATS)]());
}

/** `circleci-oidc lint` */
export function lint(options: Options): Promise<Status> {
  const writers = { text: asDetails, json: asJson };
  return run(options, writers[formatOf(options, LINT_FORMATS)]());
}

async function run(options: Options, writer: Writer): Promise<Status> {
  if (options.positionals.length === 0) throw new Problem("name at least one file; - is standard input");
  const least = failOn(options);
  const suppressions = suppressionsOf(options);
  const names = await readNames(options);
  const summary = new Summary();
  let hasFailed = false;
  let isRead = await send(writer.begin());
  for (const path of options.positionals) {
    for await (const row of rowsOf(path, { suppressions, names }, summary)) {
      hasFailed ||= row.remarks.some(({ severity, suppressed }) => suppressed === undefined && reaches(severity, least));
      if (!(isRead = await send(writer.row(row)))) break;
    }
    if (!isRead) break;
  }
  summary.remarks = suppressions?.remarks() ?? [];
  if (isRead) await send(writer.end(summary));
  for (const problem of summary.problems) complain(`circleci-oidc: ${problem}`);
  return summary.problems.length > 0 ? USAGE : hasFailed ? REFUSED : FINE;
}

async function* rowsOf(path: string, beside: Beside, summary: Summary): AsyncGenerator<Row> {
  try {
    for await (const resource of resourcesOf(path)) {
      if ("problem" in resource) {
        summary.problems.push(resource.problem);
        continue;
      }
      const row = attempt(() => look(resource, beside), (words) => summary.problems.push(`${resource.file}:${resource.at?.line ?? 1}: ${resource.address}: ${words}`));
      if (row === "failed") continue;
      if (row === undefined) summary.others += 1;
      else summary.add(row), yield row;
    }
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    // The other files are still worth reading.
    summary.problems.push(error.advice === undefined ? error.message : `${error.message}. ${error.advice}`);
  }
}

function attempt<T>(run: () => T, failed: (words: string) => void): T | "failed" {
  try {
    return run();
  } catch (error) {
    failed(refusal(error));
    return "failed";
  }
}

function failOn(options: Options): Severity | "never" {
  const given = options.one("fail-on") ?? "error";
  const known = LEAST.find((name) => name === given);
  if (known === undefined) throw new Problem(`--fail-on ${quoted(given)}: expected ${LEAST.join(", ")}`);
  return known;
}

function suppressionsOf(options: Options): Suppressions | undefined {
  const path = options.one("suppressions");
  if (path === undefined) return undefined;
  const now = options.one("now");
  const seconds = now === undefined ? systemTime() : epochSeconds(now);
  return readSuppressions(path, new Date(seconds * 1000).toISOString().slice(0, 10));
}
