import { signatureOf } from "./secret.js";

let signature: string | undefined;

/** From here on, nothing that is printed holds this token's signature, whatever the report quotes from its input. */
export function protect(token: string): void {
  signature = signatureOf(token);
}

/** To standard output. */
export function print(text: string): void {
  process.stdout.write(scrub(text.endsWith("\n") ? text : `${text}\n`));
}

/** To standard output, no faster than it is taken; false: nobody reads it any more. */
export async function send(text: string): Promise<boolean> {
  const { stdout } = process;
  if (!stdout.write(scrub(text)) && stdout.writable) {
    await new Promise<void>((resolve) => {
      const events = ["drain", "close", "error"] as const;
      const done = () => {
        for (const event of events) stdout.off(event, done);
        resolve();
      };
      for (const event of events) stdout.on(event, done);
    });
  }
  return stdout.writable;
}

/** To standard error. */
export function complain(text: string): void {
  process.stderr.write(scrub(`${text}\n`));
}

function scrub(text: string): string {
  return signature === undefined ? text : text.replaceAll(signature, "(signature removed)");
}

/** Colours on a terminal, unless NO_COLOR (no-color.org) or FORCE_COLOR (force-color.org) says otherwise; FORCE_COLOR
 *  wins, as it does in Node itself. */
export function wantsColor(env: NodeJS.ProcessEnv = process.env, isTerminal = process.stdout.isTTY): boolean {
  if (env.FORCE_COLOR) return env.FORCE_COLOR !== "0" && env.FORCE_COLOR !== "false";
  if (env.NO_COLOR) return false;
  return isTerminal === true && env.TERM !== "dumb";
}

/** `… | head` closes the pipe before everything was read. That is no error; the exit status still tells the verdict. */
export function tolerateClosedPipes(): void {
  for (const stream of [process.stdout, process.stderr]) {
    stream.on("error", (error: NodeJS.ErrnoException) => {
      if (error.code !== "EPIPE") throw error;
    });
  }
}
