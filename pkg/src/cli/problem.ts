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
  return visible(text.length > 200 ? `${text.slice(0, 200)}…` : text);
}

/** A text of the caller's on one line, whatever characters are in it. */
export function visible(text: string): string {
  return text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
}
