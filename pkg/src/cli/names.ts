import { decode } from "circleci-oidc";

import { readText } from "./input.js";
import type { Options } from "./options.js";
import { Problem, quoted } from "./problem.js";

export type Names = Record<string, string>;

/** What --names calls ids. */
export async function readNames(options: Options): Promise<Names | undefined> {
  const file = options.one("names");
  if (file === undefined) return undefined;
  const text = await readText("names", file);
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch {
    throw new Problem(`--names ${quoted(file)}: not JSON`, SHAPE);
  }
  if (typeof read !== "object" || read === null || Array.isArray(read)) throw new Problem(`--names ${quoted(file)}: expected a JSON object`, SHAPE);
  const names = read as Names;
  // The core checks the entries: here, so that a mistake is told once, whatever is judged then.
  decode("", { names });
  return names;
}

/** Those of the ids in these values: many small calls need not each be handed every name. */
export function namesIn(names: Names | undefined, ...values: unknown[]): Names | undefined {
  if (names === undefined) return undefined;
  const ids = values.flatMap((value) => (typeof value === "string" ? value : JSON.stringify(value)).match(ID) ?? []);
  return Object.fromEntries(ids.flatMap((id) => (Object.hasOwn(names, id) ? [[id, names[id]!]] : [])));
}

const ID = /[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}/g;

const SHAPE = 'It holds a name for each id: {"9c6f6d1a-3f0e-4b64-9d6a-1d2f6f6f0a11": "payments-api"}.';
