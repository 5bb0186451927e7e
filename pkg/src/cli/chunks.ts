import { open } from "node:fs/promises";

import { isDirectory, reason, standardInput } from "./input.js";
import { Problem, quoted } from "./problem.js";

/** Read at once. */
const CHUNK = 64 * 1024;

/** How messages name an input. */
export function shown(path: string): string {
  return path === "-" ? "standard input" : quoted(path);
}

/** The bytes of a file of any size, `-` for standard input, read no faster than they are used. */
export async function* chunksOf(path: string): AsyncGenerator<Uint8Array> {
  if (path === "-") {
    if (process.stdin.isTTY) throw new Problem("standard input is the terminal", "Pipe something in, or name a file in place of -.");
    yield* standardInput();
    return;
  }
  let file;
  try {
    file = await open(path);
    // One buffer for each chunk: whoever takes it may keep it.
    for (;;) {
      const { bytesRead, buffer } = await file.read({ buffer: Buffer.allocUnsafe(CHUNK) });
      if (bytesRead === 0) return;
      yield buffer.subarray(0, bytesRead);
    }
  } catch (error) {
    const failure = error as NodeJS.ErrnoException;
    if (failure.syscall === undefined) throw error;
    if (failure.code === "EISDIR") throw isDirectory(shown(path));
    throw new Problem(`${shown(path)}: ${reason(failure)}`);
  } finally {
    await file?.close();
  }
}
