/** Control characters, and those that a reader does not see or that reorder what they see (Unicode's Default_Ignorable and
 *  Bidi_Control characters that occur in practice: UTS #39, 3). The core reports them in tokens by the same list. */
const DECEPTIVE =
  /[\p{Cc}\u{ad}\u{34f}\u{61c}\u{115f}\u{1160}\u{17b4}\u{17b5}\u{180b}-\u{180f}\u{200b}-\u{200f}\u{2028}-\u{202e}\u{2060}-\u{206f}\u{3164}\u{fe00}-\u{fe0f}\u{feff}\u{ffa0}\u{fff9}-\u{fffb}\u{e0000}-\u{e0fff}]/gu;
const NAMED: Record<string, string> = { "\t": "\\t", "\n": "\\n", "\r": "\\r" };

/** A text that came from a token or a configuration: it must not be able to move the cursor or to reorder a line. */
export function clean(text: string): string {
  return text.replace(DECEPTIVE, (character) => NAMED[character] ?? `\\u{${character.codePointAt(0)!.toString(16)}}`);
}

/** Several lines, each clean, with `margin` before all but the first. */
export function cleanLines(text: string, margin: string): string {
  return text.split("\n").map(clean).join(`\n${margin}`);
}

/** Characters as a person counts them. */
export function width(text: string): number {
  return [...text].length;
}

export function pad(text: string, columns: number): string {
  return text + " ".repeat(Math.max(0, columns - width(text)));
}
