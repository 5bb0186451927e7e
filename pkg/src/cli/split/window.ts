/** Bytes that are not UTF-8. */
export class NotUtf8 extends Error {
  /** `offset`: of the first of them. */
  constructor(readonly offset: number) {
    super();
  }
}

/** The bytes of a long text that are still needed. Places are offsets in the whole text. */
export class Window {
  bytes = new Uint8Array(256 * 1024);
  private start = 0;
  private length = 0;

  /** After the last byte. */
  get end(): number {
    return this.start + this.length;
  }

  index(offset: number): number {
    return offset - this.start;
  }

  append(chunk: Uint8Array): void {
    const needed = this.length + chunk.length;
    if (needed > this.bytes.length) {
      const larger = new Uint8Array(Math.max(needed, this.bytes.length * 2));
      larger.set(this.bytes.subarray(0, this.length));
      this.bytes = larger;
    }
    this.bytes.set(chunk, this.length);
    this.length = needed;
  }

  /** Forgets everything before `offset`. */
  drop(offset: number): void {
    const count = offset - this.start;
    if (count === 0) return;
    this.bytes.copyWithin(0, count, this.length);
    this.start = offset;
    this.length -= count;
  }

  /** Throws {@link NotUtf8}. */
  text(from: number, to: number): string {
    const bytes = this.bytes.subarray(this.index(from), this.index(to));
    try {
      return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
    } catch {
      throw new NotUtf8(from + firstBad(bytes));
    }
  }

  /** Line ends between two places. */
  lineEnds(from: number, to: number): number {
    return this.bytes.subarray(this.index(from), this.index(to)).reduce((count, byte) => count + (byte === 0x0a ? 1 : 0), 0);
  }
}

/** The first byte that no UTF-8 text has after the bytes before it. */
function firstBad(bytes: Uint8Array): number {
  let [good, bad] = [0, bytes.length];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (beginsUtf8(bytes.subarray(0, middle))) good = middle;
    else bad = middle;
  }
  return good;
}

function beginsUtf8(bytes: Uint8Array): boolean {
  try {
    new TextDecoder("utf-8", { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}
