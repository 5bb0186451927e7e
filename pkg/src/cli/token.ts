import { readAsIs, readStandardText } from "./input.js";
import type { Options } from "./options.js";
import { protect } from "./output.js";
import { Problem } from "./problem.js";

/** Where CircleCI puts the tokens of a job. V2 first: it is the one that the AWS orb sends. */
const JOB_VARIABLES = ["CIRCLE_OIDC_TOKEN_V2", "CIRCLE_OIDC_TOKEN"];

/** The token that the options name; without one, standard input; where that is empty in a CircleCI job, the job's own. */
export async function readToken(options: Options): Promise<string> {
  const file = options.one("token-file");
  const variable = options.one("env");
  if (file !== undefined && variable !== undefined) throw new Problem("--token-file and --env: give one of them");
  const token = file !== undefined ? await readAsIs("token-file", file) : variable !== undefined ? fromVariable(variable) : await fromDefault();
  protect(token);
  // A file ends with a line end that is no part of the token; anything else around it is reported.
  return token.replace(/\r?\n$/, "");
}

function fromVariable(name: string): string {
  if (!/^[A-Za-z_]\w{0,200}$/.test(name)) {
    throw new Problem("--env takes the name of a variable, for example --env CIRCLE_OIDC_TOKEN_V2");
  }
  const token = process.env[name];
  if (!token) {
    const advice = JOB_VARIABLES.includes(name) ? "CircleCI sets it in a job; elsewhere use --token-file FILE." : undefined;
    throw new Problem(`--env ${name}: this variable is ${token === undefined ? "not set" : "empty"}`, advice);
  }
  return token;
}

async function fromDefault(): Promise<string> {
  const inJob = process.env.CIRCLECI === "true";
  if (!(inJob && process.stdin.isTTY)) {
    const piped = await readStandardText();
    if (piped.trim() !== "") return piped;
  }
  if (!inJob) {
    throw new Problem("there is no token: standard input is empty", "Use --token-file FILE or --env NAME, or pipe a token in.");
  }
  const token = JOB_VARIABLES.map((name) => process.env[name]).find(Boolean);
  if (!token) {
    throw new Problem(
      `this job has no token: ${JOB_VARIABLES.join(" and ")} are empty`,
      "Mint one with: circleci run oidc get | circleci-oidc inspect",
    );
  }
  return token;
}
