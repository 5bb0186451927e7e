import { COMPLETE_NUMBER, EXPECTED, State } from "./state.js";

/** As deep as the core reads JSON (its `DEPTH`). */
const DEPTH = 64;

const LITERALS: Record<number, string> = { 0x74: "true", 0x66: "false", 0x6e: "null" };
const ESCAPES = new Set([...'"\\/bfnrt'].map((character) => character.charCodeAt(0)));

const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf];
const UTF16 = "this is UTF-16, as Windows PowerShell's > writes; save it as UTF-8";

export const OBJECT = 0x7b;
export const ARRAY = 0x5b;
export type Container = typeof OBJECT | typeof ARRAY;

/** What a reader of the grammar is told, while the grammar's `place` is that of the byte. */
export interface Events {
  /** At the opening quote of a member's name. */
  nameStarts(): void;
  /** `end`: after its closing quote. */
  nameEnds(end: number): void;
  /** At the first byte of a value. */
  valueStarts(): void;
  /** After the opening bracket of the value that has just started. */
  opens(container: Container): void;
  /** `end`: after its last byte. */
  valueEnds(end: number): void;
}

/** Where a byte stands in a text. */
export interface Place {
  /** From 0. */
  offset: number;
  /** From 1. */
  line: number;
  /** In UTF-16 code units, from 1. */
  column: number;
}

/** A text that is not JSON, or none that can be read piece by piece. */
export class NotJson extends Error {
  constructor(
    message: string,
    readonly place: Place,
  ) {
    super(message);
  }
}

/**
 * The grammar of JSON (RFC 8259), over bytes and across the ends of chunks; several values may stand one after another. What
 * it takes, `JSON.parse` takes, but for depth and for bytes that are not UTF-8.
 */
export class Grammar {
  /** Of the next byte. */
  offset = 0;

  private state = State.Top;
  private readonly open: Container[] = [];
  private line = 1;
  private lineStart = 0;
  /** Bytes in this line that are no UTF-16 code unit of their own. */
  private surplus = 0;
  /** Bytes of a byte order mark. */
  private mark = 0;
  private textIsName = false;
  private literal = "";
  private progress = 0;
  /** Where a number or a word ended that may not touch the next value. */
  private bareEnd = -1;

  constructor(private readonly events: Events) {}

  /** Of the next byte. */
  get place(): Place {
    const { offset, line } = this;
    return { offset, line, column: offset - this.lineStart - this.surplus + 1 };
  }

  /** Inside a value. */
  get isOpen(): boolean {
    return this.state !== State.Top;
  }

  read(bytes: Uint8Array, from: number, to: number): void {
    const start = this.offset - from;
    for (let at = from; at < to; ) {
      if (this.state === State.Text) at = this.text(bytes, at, to);
      else if (this.step(bytes[at]!)) at += 1;
      this.offset = start + at;
    }
  }

  /** The text ends here. */
  end(): void {
    if (COMPLETE_NUMBER.has(this.state)) this.endBare(this.offset);
    if (this.state !== State.Top) throw this.refuse(`the text ends where ${EXPECTED[this.state]} is expected`);
  }

  /** Bytes of a string up to its end, an escape, or the end of the chunk. */
  private text(bytes: Uint8Array, from: number, to: number): number {
    for (let at = from; at < to; at += 1) {
      const byte = bytes[at]!;
      if (byte === 0x22) return this.endText(this.offset + at + 1 - from), at + 1;
      if (byte === 0x5c) return (this.state = State.Escape), at + 1;
      if (byte < 0x20) {
        this.offset += at - from;
        throw this.refuse("a control character stands unescaped in a string");
      }
      if (byte >= 0x80) this.surplus += (byte & 0xc0) === 0x80 ? 1 : byte >= 0xf0 ? -1 : 0;
    }
    return to;
  }

  private endText(end: number): void {
    this.state = this.textIsName ? State.Colon : this.afterValue();
    if (this.textIsName) this.events.nameEnds(end);
    else this.events.valueEnds(end);
  }

  /** Takes one byte; false: it belongs to what follows, and has to be looked at again. */
  private step(byte: number): boolean {
    if (byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09) return this.space(byte);
    switch (this.state) {
      case State.Top:
        return this.startTop(byte);
      case State.FirstElement:
        if (byte === 0x5d) return this.close();
        return this.startValue(byte);
      case State.Value:
        return this.startValue(byte);
      case State.FirstName:
        if (byte === 0x7d) return this.close();
        return this.startName(byte);
      case State.Name:
        return this.startName(byte);
      case State.Colon:
        if (byte !== 0x3a) throw this.unexpected(byte);
        return this.go(State.Value);
      case State.After:
        return this.after(byte);
      case State.Escape:
        if (byte === 0x75) return (this.progress = 0), this.go(State.Hex);
        if (!ESCAPES.has(byte)) throw this.unexpected(byte);
        return this.go(State.Text);
      case State.Hex:
        if (!isDigit(byte) && !((byte | 0x20) >= 0x61 && (byte | 0x20) <= 0x66)) throw this.unexpected(byte);
        this.progress += 1;
        return this.go(this.progress === 4 ? State.Text : State.Hex);
      case State.Literal:
        return this.word(byte);
      default:
        return this.number(byte);
    }
  }

  private space(byte: number): boolean {
    if (COMPLETE_NUMBER.has(this.state)) return this.endBare(this.offset), false;
    if (this.state > State.After) throw this.unexpected(byte);
    if (byte === 0x0a) {
      this.line += 1;
      this.lineStart = this.offset + 1;
      this.surplus = 0;
    }
    return true;
  }

  private startTop(byte: number): boolean {
    if (this.offset === this.mark && byte === BYTE_ORDER_MARK[this.mark]) {
      this.mark += 1;
      this.surplus += 1;
      return true;
    }
    if (this.offset === 0 && (byte === 0xff || byte === 0xfe)) throw this.refuse(UTF16);
    const markIsCut = this.offset === this.mark && this.mark > 0 && this.mark < BYTE_ORDER_MARK.length;
    if (markIsCut || this.bareEnd === this.offset) throw this.unexpected(byte);
    return this.startValue(byte);
  }

  private startValue(byte: number): boolean {
    const digit = isDigit(byte);
    if (byte !== 0x22 && byte !== OBJECT && byte !== ARRAY && byte !== 0x2d && !digit && LITERALS[byte] === undefined) {
      throw this.unexpected(byte);
    }
    this.events.valueStarts();
    if (byte === OBJECT || byte === ARRAY) return this.opened(byte);
    if (byte === 0x22) return (this.textIsName = false), this.go(State.Text);
    if (byte === 0x2d) return this.go(State.Minus);
    if (digit) return this.go(byte === 0x30 ? State.Zero : State.Whole);
    this.literal = LITERALS[byte]!;
    this.progress = 1;
    return this.go(State.Literal);
  }

  private opened(container: Container): boolean {
    if (this.open.length === DEPTH) throw this.refuse(`nested deeper than ${DEPTH} levels`);
    this.open.push(container);
    this.events.opens(container);
    return this.go(container === OBJECT ? State.FirstName : State.FirstElement);
  }

  private startName(byte: number): boolean {
    if (byte !== 0x22) throw this.unexpected(byte);
    this.events.nameStarts();
    this.textIsName = true;
    return this.go(State.Text);
  }

  private after(byte: number): boolean {
    const container = this.open.at(-1);
    if (byte === 0x2c) return this.go(container === OBJECT ? State.Name : State.Value);
    if (byte === (container === OBJECT ? 0x7d : 0x5d)) return this.close();
    throw this.unexpected(byte);
  }

  private close(): boolean {
    this.open.pop();
    this.state = this.afterValue();
    this.events.valueEnds(this.offset + 1);
    return true;
  }

  private word(byte: number): boolean {
    if (byte !== this.literal.charCodeAt(this.progress)) throw this.unexpected(byte);
    this.progress += 1;
    if (this.progress < this.literal.length) return true;
    this.endBare(this.offset + 1);
    return true;
  }

  private number(byte: number): boolean {
    const next = this.digits(byte);
    if (next !== undefined) return this.go(next);
    if (!COMPLETE_NUMBER.has(this.state)) throw this.unexpected(byte);
    this.endBare(this.offset);
    return false;
  }

  private digits(byte: number): State | undefined {
    const digit = isDigit(byte);
    switch (this.state) {
      case State.Minus:
        return !digit ? undefined : byte === 0x30 ? State.Zero : State.Whole;
      case State.Zero:
      case State.Whole:
        if (digit && this.state === State.Whole) return State.Whole;
        return byte === 0x2e ? State.Point : (byte | 0x20) === 0x65 ? State.Exponent : undefined;
      case State.Point:
      case State.Fraction:
        if (digit) return State.Fraction;
        return this.state === State.Fraction && (byte | 0x20) === 0x65 ? State.Exponent : undefined;
      case State.Exponent:
        return digit ? State.Power : byte === 0x2b || byte === 0x2d ? State.Sign : undefined;
      default:
        return digit ? State.Power : undefined;
    }
  }

  /** Of a number or a word, which has no closing sign. */
  private endBare(end: number): void {
    this.state = this.afterValue();
    this.bareEnd = end;
    this.events.valueEnds(end);
  }

  private afterValue(): State {
    return this.open.length === 0 ? State.Top : State.After;
  }

  private go(state: State): true {
    this.state = state;
    return true;
  }

  private unexpected(byte: number): NotJson {
    const shown = byte > 0x20 && byte < 0x7f ? JSON.stringify(String.fromCharCode(byte)) : `the byte 0x${byte.toString(16).padStart(2, "0")}`;
    return this.refuse(`${shown} stands where ${EXPECTED[this.state]} is expected`);
  }

  private refuse(message: string): NotJson {
    return new NotJson(message, this.place);
  }
}

function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39;
}
