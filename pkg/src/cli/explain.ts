import { explainError } from "circleci-oidc";

import { FINE, type Status, UNKNOWN } from "./exit.js";
import { USUAL_FORMATS, formatOf } from "./format.js";
import { filled, readStandardText, readTextFile } from "./input.js";
import type { Options } from "./options.js";
import { print, wantsColor } from "./output.js";
import { Problem, quoted } from "./problem.js";
import { ofExplanation } from "./text/explanation.js";

/** `circleci-oidc explain-error` */
export async function explain(options: Options): Promise<Status> {
  const format = formatOf(options, USUAL_FORMATS);
  const [file = "-", ...more] = options.positionals;
  if (more.length > 0) throw new Problem("explain-error takes one file; without it, or with -, standard input");
  if (file === "-" && process.stdin.isTTY) throw new Problem("there is no message: standard input is the terminal", "Name a file with it, or pipe it in: circleci-oidc explain-error < job.log");
  const text = file === "-" ? filled(await readStandardText(), "standard input") : readTextFile(quoted(file), file);
  const explanation = explainError(text);
  print(format === "json" ? JSON.stringify(explanation, null, 2) : explanation === null ? UNKNOWN_MESSAGE : ofExplanation(explanation, wantsColor()));
  return explanation === null ? UNKNOWN : FINE;
}

const UNKNOWN_MESSAGE = `No message is known in this text. Known are those of AWS, Google Cloud, Microsoft Entra (AADSTS…) and Vault that have to do
with a job's token: docs/errors.md. Paste the whole of what was printed, as it was printed.
`;

