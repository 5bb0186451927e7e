import type { Options } from "./options.js";
import { Problem, quoted } from "./problem.js";

export const USUAL_FORMATS = ["text", "json"] as const;

/** The form of the output: text, unless --format names another one that the command has. */
export function formatOf<Name extends string>(options: Options, names: readonly Name[]): Name | "text" {
  const given = options.one("format") ?? "text";
  const known = names.find((name) => name === given);
  if (known === undefined) throw new Problem(`--format ${quoted(given)}: expected ${names.slice(0, -1).join(", ")} or ${names.at(-1)}`);
  return known;
}
