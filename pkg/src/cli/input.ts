import { closeSync, fstatSync, openSync, readSync } from "node:fs";

import { complain } from "./output.js";
import { Problem, quoted } from "./problem.js";

/** More than any input that the core takes; read no further. */
const LARGEST = 8 * 1024 * 1024;
/** After this long without a byte, say what is being waited for. */
const PATIENCE = 2000;

const WAITING =
  "circleci-oidc: waiting for standard input to end. If nothing is piped in: --token-file FILE, or --env CIRCLE_OIDC_TOKEN_V2 in a job";

let standardInputIsTaken = false;

/** The text of a file; `-` is standard input. `option`: the one that named it, for messages. */
export async function readText(option: string, path: string): Promise<string> {
  if (path === "-") {
    const bytes = await readStandardInput();
    if (bytes.length === 0) throw new Problem(`--${option} -: standard input is empty`);
    return strictUtf8(bytes, `--${option} -`);
  }
  return readTextFile(`--${option} ${quoted(path)}`, path);
}

/** The text of a file. `label`: how messages name it. */
export function readTextFile(label: string, path: string): string {
  return strictUtf8(readFile(label, path), label);
}

function readFile(label: string, path: string): Uint8Array {
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    if (fstatSync(file).isDirectory()) {
      throw new Problem(`${label}: this is a directory`, "Name the file in it.");
    }
    const chunks: Buffer[] = [];
    for (let size = 0; ; ) {
      const chunk = Buffer.alloc(64 * 1024);
      const read = readSync(file, chunk);
      if (read === 0) return Buffer.concat(chunks);
      size += read;
      if (size > LARGEST) throw tooLarge(label);
      chunks.push(chunk.subarray(0, read));
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(`${label}: ${reason(error as NodeJS.ErrnoException)}`);
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** Why a file could not be read, for people. */
export function reason({ code }: NodeJS.ErrnoException): string {
  switch (code) {
    case "ENOENT":
    case "ENOTDIR":
      return "there is no such file";
    case "EACCES":
    case "EPERM":
      return "no permission to read it";
    case "ENAMETOOLONG":
      return "the name is too long for a file; give the name of a file, not its content";
    default:
      return `it cannot be read (${code ?? "unknown error"})`;
  }
}

/** Everything from standard input: empty where nothing comes. */
export async function readStandardInput(): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of standardInput()) {
    size += chunk.length;
    if (size > LARGEST) throw tooLarge("standard input");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** Standard input as it comes; nothing where it is closed. */
export async function* standardInput(): AsyncGenerator<Buffer> {
  if (standardInputIsTaken) throw new Problem("only one input can come from standard input");
  standardInputIsTaken = true;
  if (process.stdin.isTTY) {
    throw new Problem(
      "there is no token: standard input is the terminal",
      "Pipe one in (circleci-oidc inspect < token.jwt), or use --token-file FILE or --env NAME. " +
        "Without CircleCI: circleci-oidc samples DIR",
    );
  }
  const waiting = setTimeout(() => complain(WAITING), PATIENCE);
  try {
    for await (const chunk of process.stdin as AsyncIterable<Buffer>) {
      clearTimeout(waiting);
      yield chunk;
    }
  } catch (error) {
    // A closed or unreadable descriptor gives nothing.
    if ((error as NodeJS.ErrnoException).code === "EISDIR") throw new Problem("standard input is a directory");
  } finally {
    clearTimeout(waiting);
  }
}

/** Keeps a byte order mark, which the core reports. */
export function strictUtf8(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    const utf16 = (bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff);
    throw new Problem(
      `${name}: this is not UTF-8 text`,
      utf16 ? "It is UTF-16, as Windows PowerShell's > writes. Save it as UTF-8." : "It looks like a binary file.",
    );
  }
}

function tooLarge(name: string): Problem {
  return new Problem(`${name}: more than ${LARGEST / 1024 / 1024} MiB, which is no token, key set or policy`);
}
