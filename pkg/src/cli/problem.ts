/** Something that the caller of the command has to change. Ends the program with status 2. */
export class Problem extends Error {
  /** `advice`: what to do about it. */
  constructor(
    message: string,
    readonly advice?: string,
  ) {
    super(message);
  }
}

/** A name or value of the caller's inside a message: it must not move the cursor, and not fill the screen. */
export function quoted(text: string): string {
  const short = text.length > 200 ? `${text.slice(0, 200)}…` : text;
  return short.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}
