import { ARRAY, type Container, Grammar, NotJson, OBJECT, type Place } from "./grammar.js";
import { NotUtf8, Window } from "./window.js";

export { NotJson };

/** A JSON text that is small enough to be read at once. */
export interface Piece {
  text: string;
  /** Where `text` begins in the whole: the content after `wrapping` characters of it. Line and column start at 1. */
  line: number;
  column: number;
  /** UTF-16 code units before the content, which repeat the way to it: `{"Roles":[`. 0: a value as it stood there. */
  wrapping: number;
  /** UTF-16 code units of the content. */
  length: number;
}

/** A value of at most this many bytes is handed over whole. */
const LARGEST = 4 * 1024 * 1024;
/** Read at once; bounds what is held beyond the largest value. */
const STEP = 64 * 1024;
/** A list of statements is one decision: a part of it would be another policy. Instances in a state of Terraform are of the type
 *  that stands beside them. */
const INDIVISIBLE = /^"(?:statement|instances)"$/i;

/** A container that is being read. */
interface Frame {
  container: Container;
  /** Its member name with quotes, in an object; known from when it is cut. */
  name: string | undefined;
  /** After its member name; 0 where it has none. */
  nameEnd: number;
  /** The element or member that is being read; a member begins with its name. */
  child: Place | undefined;
  /** The complete elements or members before it that were not handed over yet: they stand one after another. */
  run: Place | undefined;
  runEnd: number;
}

/**
 * Cuts JSON of any size into pieces of at most `largest` bytes of the same shape.
 *
 * A value that is small enough is a piece by itself. Of a larger one the first complete elements or members are a piece, in
 * the brackets and below the names where they stood, then those after them; where one of them is too large by itself, the
 * same is done with it. The content is never read and written again: a policy keeps its spelling, and every piece knows its
 * line. Every value that is no container is in exactly one piece.
 */
export class Splitter {
  private readonly grammar: Grammar;
  private readonly window = new Window();
  private readonly frames: Frame[] = [];
  /** So many frames, from the outermost, are handed over in pieces. */
  private cut = 0;
  private top: Place | undefined;
  private nameEnd = 0;
  private ready: Piece[] = [];

  constructor(private readonly largest = LARGEST) {
    this.grammar = new Grammar(this);
  }

  /** The pieces that are complete with these bytes. Throws {@link NotJson} after those before the mistake. */
  *push(chunk: Uint8Array): Generator<Piece> {
    for (let from = 0; from < chunk.length; from += STEP) {
      this.window.append(chunk.subarray(from, from + STEP));
      yield* this.attempt(() => this.advance());
    }
  }

  /** The last piece, if the text may end here. */
  *end(): Generator<Piece> {
    yield* this.attempt(() => this.grammar.end());
  }

  private *attempt(read: () => void): Generator<Piece> {
    let failure: unknown;
    try {
      read();
    } catch (error) {
      failure = error;
      this.salvage();
    }
    const pieces = this.ready;
    this.ready = [];
    yield* pieces;
    if (failure !== undefined) throw failure;
  }

  private advance(): void {
    const { grammar, window } = this;
    while (grammar.offset < window.end) {
      const limit = this.held + this.largest;
      if (grammar.isOpen && grammar.offset >= limit) this.shrink();
      else grammar.read(window.bytes, window.index(grammar.offset), window.index(Math.min(window.end, limit)));
    }
    window.drop(this.held);
  }

  /** The first byte that is still needed. */
  private get held(): number {
    return this.pending?.offset ?? this.grammar.offset;
  }

  /** What was begun and not handed over. */
  private get pending(): Place | undefined {
    const frame = this.frames[this.cut - 1];
    return frame === undefined ? this.top : (frame.run ?? frame.child);
  }

  /** Hands over what is complete of a value that is too large. */
  private shrink(): void {
    const deepest = this.frames[this.cut - 1];
    if (deepest?.run !== undefined) return this.handOver(deepest);
    const next = this.frames[this.cut];
    if (next === undefined) throw this.tooLarge("a string, name or number");
    if (!this.enter(next)) throw this.tooLarge(`the list ${next.name}`);
  }

  private tooLarge(what: string): NotJson {
    return new NotJson(`${what}: more than ${this.size}`, this.pending ?? this.grammar.place);
  }

  private get size(): string {
    return this.largest % (1024 * 1024) === 0 ? `${this.largest / 1024 / 1024} MiB` : `${this.largest} bytes`;
  }

  private enter(frame: Frame): boolean {
    if (frame.nameEnd > 0) frame.name = this.text(this.frames[this.cut - 1]!.child!, frame.nameEnd);
    if (frame.name !== undefined && INDIVISIBLE.test(frame.name)) return false;
    this.cut += 1;
    return true;
  }

  /** What is complete when reading ends early: of the outermost list and of what is around it. Inside its elements nothing,
   *  since the rest of an element is not known. */
  private salvage(): void {
    try {
      for (;;) {
        const frame = this.frames[this.cut - 1];
        if (frame?.run !== undefined) this.handOver(frame);
        const next = this.frames[this.cut];
        if (frame?.container === ARRAY || next === undefined || !this.enter(next)) return;
      }
    } catch {
      // Not UTF-8 either: the first mistake is the one to tell.
    }
  }

  private handOver(frame: Frame): void {
    const { line, column } = frame.run!;
    const around = this.frames.slice(0, this.cut);
    const before = around.map(({ name, container }) => (name === undefined ? "" : `${name}:`) + String.fromCharCode(container)).join("");
    const after = around.map(({ container }) => (container === OBJECT ? "}" : "]")).reverse().join("");
    const content = this.text(frame.run!, frame.runEnd);
    this.ready.push({ text: before + content + after, line, column, wrapping: before.length, length: content.length });
    frame.run = undefined;
  }

  private text(from: Place, to: number): string {
    try {
      return this.window.text(from.offset, to);
    } catch (error) {
      if (!(error instanceof NotUtf8)) throw error;
      const line = from.line + this.window.lineEnds(from.offset, error.offset);
      throw new NotJson("not UTF-8", { offset: error.offset, line, column: 0 });
    }
  }

  nameStarts(): void {
    this.frames.at(-1)!.child = this.grammar.place;
  }

  nameEnds(end: number): void {
    this.nameEnd = end;
  }

  valueStarts(): void {
    const parent = this.frames.at(-1);
    if (parent === undefined) this.top = this.grammar.place;
    else if (parent.container === ARRAY) parent.child = this.grammar.place;
  }

  opens(container: Container): void {
    const isMember = this.frames.at(-1)?.container === OBJECT;
    const nameEnd = isMember ? this.nameEnd : 0;
    this.frames.push({ container, name: undefined, nameEnd, child: undefined, run: undefined, runEnd: 0 });
  }

  valueEnds(end: number): void {
    // Of a container this is called after its bracket: then its frame is the last one, and has no child that is open.
    const last = this.frames.at(-1);
    if (last !== undefined && last.child === undefined) {
      this.closes(last, end);
    } else {
      this.completes(end);
    }
  }

  private closes(frame: Frame, end: number): void {
    const wasCut = this.cut === this.frames.length;
    if (wasCut && frame.run !== undefined) this.handOver(frame);
    this.frames.pop();
    if (!wasCut) return this.completes(end);
    this.cut -= 1;
    const parent = this.frames.at(-1);
    if (parent === undefined) this.top = undefined;
    else parent.child = undefined;
  }

  /** A value has ended that was not cut. */
  private completes(end: number): void {
    const parent = this.frames.at(-1);
    if (parent === undefined) {
      const { line, column } = this.top!;
      const text = this.text(this.top!, end);
      this.ready.push({ text, line, column, wrapping: 0, length: text.length });
      this.top = undefined;
      return;
    }
    parent.run ??= parent.child;
    parent.runEnd = end;
    parent.child = undefined;
  }
}
