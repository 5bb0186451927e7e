import { Problem } from "./problem.js";

/** Base64url of `{"`, or three parts between dots that no file name has. */
const TOKEN = /eyJ[A-Za-z0-9_-]{12,}|[A-Za-z0-9_-]{16,}\.[A-Za-z0-9_-]{16,}\.(?:[A-Za-z0-9_-]{40,}|$)/;

/** Refuses a token among the arguments, without repeating it. */
export function refuseTokens(args: readonly string[]): void {
  if (args.some((argument) => TOKEN.test(argument) || /^--?(?:token|jwt|id-token)(?:=|$)/.test(argument))) {
    throw new Problem(
      "a token does not belong among the arguments: the shell's history, `set -x` in a job's log and the process list show it",
      "Pipe it in, or use --token-file FILE or --env NAME. If it is still valid, treat it as leaked until it has expired.",
    );
  }
}

/** What must never be printed: everything of a token from its signature on. */
export function signatureOf(token: string): string | undefined {
  const signature = token.trim().split(".").slice(2).join(".").replace(/["'\s]+$/, "");
  // Shorter than any signature: a word that may well stand in a report for another reason.
  return signature.length >= 16 ? signature : undefined;
}
