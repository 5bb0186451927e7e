/** Colours of the 16 that every terminal has. Colour repeats what the text says; nothing is told by colour alone. */
const NUMBERS = { green: 32, red: 31, yellow: 33, dim: 2, bold: 1 };

export type Color = keyof typeof NUMBERS;
export type Paint = (color: Color, text: string) => string;

export function painter(color: boolean): Paint {
  return color ? (name, text) => `\u001b[${NUMBERS[name]}m${text}\u001b[0m` : (_, text) => text;
}
