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

/** What was read so far: messages about an argument of the core name its file. */
const read: { option?: string; label: string; bytes: number }[] = [];

/** How messages name the one file that an option gave. */
export function labelOf(option: string): string | undefined {
  const labels = read.filter((one) => one.option === option);
  return labels.length === 1 ? labels[0]!.label : undefined;
}

/** How messages name the file of this size. A line end may have been taken off its text. */
export function labelOfSize(bytes: number): string | undefined {
  return read.find((one) => one.bytes >= bytes && one.bytes <= bytes + 2)?.label;
}

/** The text of a file; `-` is standard input. `option`: the one that named it, for messages. */
export async function readText(option: string, path: string): Promise<string> {
  return filled(await readAsIs(option, path), labelFor(option, path));
}

/** The same, also where nothing is in it. */
export async function readAsIs(option: string, path: string): Promise<string> {
  const label = labelFor(option, path);
  if (path !== "-") return decoded(readFile(label, path), label, option);
  const bytes = await readStandardInput();
  if (bytes.length === 0) throw new Problem(`${label}: standard input is empty`, FAILED);
  return decoded(bytes, label, option);
}

/** The text of a file. `label`: how messages name it. */
export function readTextFile(label: string, path: string): string {
  return filled(decoded(readFile(label, path), label), label);
}

/** Everything from standard input, as text. */
export async function readStandardText(): Promise<string> {
  return decoded(await readStandardInput(), "standard input");
}

/** Refuses a text without anything in it: the core would take it for a document with a mistake, and it is a command that failed. */
export function filled(text: string, label: string): string {
  if (text.trim() === "") throw new Problem(`${label}: there is nothing in it`, FAILED);
  return text;
}

const FAILED = "A command that was to write it may have failed.";

function labelFor(option: string, path: string): string {
  return `--${option} ${quoted(path)}`;
}

function decoded(bytes: Uint8Array, label: string, option?: string): string {
  read.push({ option, label, bytes: bytes.length });
  return strictUtf8(bytes, label);
}

function readFile(label: string, path: string): Uint8Array {
  let file: number | undefined;
  try {
    file = openSync(path, "r");
    if (fstatSync(file).isDirectory()) throw isDirectory(label);
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

export function isDirectory(label: string): Problem {
  return new Problem(`${label}: this is a directory`, "Name the file in it.");
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
async function readStandardInput(): Promise<Uint8Array> {
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
