import { readText } from "./input.js";
import type { Options } from "./options.js";
import { Problem, quoted } from "./problem.js";

/** What --names calls ids. The core checks the entries. */
export async function readNames(options: Options): Promise<Record<string, string> | undefined> {
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
  return read as Record<string, string>;
}

const SHAPE = 'It holds a name for each id: {"9c6f6d1a-3f0e-4b64-9d6a-1d2f6f6f0a11": "payments-api"}.';
