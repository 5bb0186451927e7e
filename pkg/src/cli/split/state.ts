/** What the grammar of JSON allows at the next byte. */
export enum State {
  /** Between values that stand one after another. */
  Top,
  Value,
  FirstElement,
  FirstName,
  Name,
  Colon,
  After,
  Text,
  Escape,
  Hex,
  Literal,
  Minus,
  Zero,
  Whole,
  Point,
  Fraction,
  Exponent,
  Sign,
  Power,
}

/** For messages. */
export const EXPECTED: Record<State, string> = {
  [State.Top]: "a value",
  [State.Value]: "a value",
  [State.FirstElement]: 'a value or "]"',
  [State.FirstName]: 'a member name in quotes or "}"',
  [State.Name]: "a member name in quotes",
  [State.Colon]: '":"',
  [State.After]: '"," or a closing bracket',
  [State.Text]: "the end of a string",
  [State.Escape]: "one of \" \\ / b f n r t u",
  [State.Hex]: "a hexadecimal digit",
  [State.Literal]: "true, false or null",
  [State.Minus]: "a digit",
  [State.Zero]: "the end of a number",
  [State.Whole]: "a digit",
  [State.Point]: "a digit",
  [State.Fraction]: "a digit",
  [State.Exponent]: "a digit or a sign",
  [State.Sign]: "a digit",
  [State.Power]: "a digit",
};

/** After these the number may end. */
export const COMPLETE_NUMBER = new Set([State.Zero, State.Whole, State.Fraction, State.Power]);
