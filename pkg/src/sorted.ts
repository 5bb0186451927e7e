/**
 * The wasm module with its bytes sorted by what they are: opcodes with opcodes, local variables with local variables,
 * constants with constants of their length. What is usual of an opcode (a block without a type, the natural
 * alignment) is left out. Next to their like they repeat more, so LZMA packs the module a twelfth smaller.
 * The sizes of functions are left out, since their ends tell them.
 *
 * The order of the kinds is that of the sorted form; before them stand, as 32-bit numbers, the size of the module, the
 * bytes before its first function, the number of functions, and how many bytes there are of each kind.
 */
const enum Kind {
  /** Opcodes, and operands that are best guessed from them: callees, and what is unusual of blocks, loads and stores. */
  Code,
  Locals,
  Branch,
  Read,
  Written,
  Load,
  Store,
  /** Constants of one byte; those of two, three, four and five come after it. */
  Constant,
}
export const KINDS = 12;
/** Opcode of `i32.const`; in the sorted form it is `SIZED` plus the bytes of its constant, which is no opcode. */
export const CONSTANT = 0x41;
export const SIZED = 0x11;
/** A block whose type is another than this has a type, and this is added to its opcode, which makes it none. */
export const VOID = 0x40;
export const TYPED = 4;
/** The same with a load or store that has another alignment than its natural one. */
export const ODD = 0xbc;

/** The natural alignment of a load or store, as its logarithm. */
export function natural(opcode: number): number | undefined {
  return [2, 3, 2, 3, 0, 0, 1, 1, 0, 0, 1, 1, 2, 2, 2, 3, 2, 3, 0, 1, 0, 1, 2][opcode - 0x28];
}

/** Goes through the body of a function: `opcode` gives the next, `take` a byte of an operand of a kind. The same both ways. */
export function walk(opcode: () => number, take: (kind: number) => number): void {
  const number = (kind: number): number => {
    for (let value = 0, shift = 0; ; shift += 7) {
      const byte = take(kind);
      value |= (byte & 127) << shift;
      if (byte < 128) return value;
    }
  };
  for (let groups = number(Kind.Locals); groups > 0; groups -= 1) {
    number(Kind.Locals);
    take(Kind.Locals);
  }
  for (let depth = 1; depth > 0; ) {
    const code = opcode();
    if (code === 0x0b) depth -= 1;
    else if (code > SIZED && code < SIZED + 6) number(Kind.Constant + code - SIZED - 1);
    else if (code > 1 && code < 5) depth += 1;
    else if (code > TYPED + 1 && code < TYPED + 5) {
      depth += 1;
      number(Kind.Code);
    } else if (code === 0x0c || code === 0x0d) number(Kind.Branch);
    else if (code === 0x0e) for (let left = number(Kind.Branch); left >= 0; left -= 1) number(Kind.Branch);
    else if (code === 0x20) number(Kind.Read);
    else if (code === 0x21 || code === 0x22) number(Kind.Written);
    else if (natural(code) !== undefined) number(code < 0x36 ? Kind.Load : Kind.Store);
    else if (natural(code - ODD) !== undefined) {
      number(Kind.Code);
      number(code - ODD < 0x36 ? Kind.Load : Kind.Store);
    } else if (code === 0x1c) for (let left = number(Kind.Code); left > 0; left -= 1) number(Kind.Code);
    else if (code === 0x43 || code === 0x44) for (let left = code === 0x43 ? 4 : 8; left > 0; left -= 1) take(Kind.Code);
    else if (code === 0xfc) {
      // Saturating conversions have no operand, copying and initialising have two.
      const which = number(Kind.Code);
      for (let left = which < 8 ? 0 : which < 15 && which % 2 === 0 ? 2 : 1; left > 0; left -= 1) number(Kind.Code);
    } else if (code === 0x10 || code === 0x11 || (code > 0x22 && code < 0x27) || (code > 0x3e && code < 0x43) || code > 0xcf) {
      number(Kind.Code);
      if (code === 0x11) number(Kind.Code);
    }
  }
}

/** The module of its sorted form. */
export function unsorted(sorted: Uint8Array): Uint8Array {
  const header = new DataView(sorted.buffer, sorted.byteOffset);
  const number = (index: number) => header.getUint32(4 * index, true);
  const places: number[] = [];
  let end = 4 * (3 + KINDS);
  for (let kind = 0; kind < KINDS; kind += 1) {
    places.push(end);
    end += number(3 + kind);
  }
  const out = new Uint8Array(number(0));
  out.set(sorted.subarray(end, end + number(1)));
  let at = number(1);
  for (let left = number(2); left > 0; left -= 1) {
    const start = at;
    const put = (kind: number): number => {
      const byte = sorted[places[kind]!++];
      // Damaged: it need not end by itself.
      if (byte === undefined) throw new RangeError("the module is cut off");
      return (out[at++] = byte);
    };
    const opcode = (): number => {
      const code = put(Kind.Code);
      const alignment = natural(code);
      if (code > SIZED && code < SIZED + 6) out[at - 1] = CONSTANT;
      else if (code > TYPED + 1 && code < TYPED + 5) out[at - 1] = code - TYPED;
      else if (code > 1 && code < 5) out[at++] = VOID;
      else if (alignment !== undefined) out[at++] = alignment;
      else if (natural(code - ODD) !== undefined) out[at - 1] = code - ODD;
      return code;
    };
    walk(opcode, put);
    // The size goes before the body, in as few bytes as it needs.
    let size = at - start;
    const bytes = size < 0x80 ? 1 : size < 0x4000 ? 2 : size < 0x200000 ? 3 : 4;
    out.copyWithin(start + bytes, start, at);
    at += bytes;
    for (let index = 0; index < bytes; index += 1, size >>= 7) out[start + index] = (size & 127) | (index < bytes - 1 ? 128 : 0);
  }
  out.set(sorted.subarray(end + number(1)), at);
  return out;
}
