/**
 * Unpacks LZMA (the `.lzma` form: 13 bytes of header, then one range-coded stream), after Igor Pavlov's public specification
 * (LZMA SDK, lzma-specification). It packs the module a fifth smaller than deflate does, which is far more than this file
 * costs; no engine has it built in.
 *
 * The input is part of the package, so damage shows as a module that does not compile; reading past the end gives zeros and
 * nothing is written past the announced size.
 */
export function unlzma(packed: Uint8Array): Uint8Array {
  const properties = packed[0]!;
  const lc = properties % 9;
  const lp = Math.floor(properties / 9) % 5;
  const pb = Math.floor(properties / 45);
  const size = packed[5]! | (packed[6]! << 8) | (packed[7]! << 16) | (packed[8]! << 24);
  const out = new Uint8Array(size);

  // The range coder. Its first byte is always 0.
  let at = 14;
  let range = 0xffffffff;
  let code = 0;
  for (let index = 0; index < 4; index += 1) code = (code << 8) | packed[at++]!;

  const normalize = () => {
    if (range >>> 0 < 0x1000000) {
      range <<= 8;
      code = (code << 8) | packed[at++]!;
    }
  };
  /** One bit, whose probability is learnt in `model[index]`. */
  const bit = (model: Uint16Array, index: number): 0 | 1 => {
    const probability = model[index]!;
    const bound = Math.imul(range >>> 11, probability);
    if (code >>> 0 < bound >>> 0) {
      range = bound;
      model[index] = probability + ((2048 - probability) >> 5);
      normalize();
      return 0;
    }
    range -= bound;
    code -= bound;
    model[index] = probability - (probability >> 5);
    normalize();
    return 1;
  };
  /** Bits that are as likely 0 as 1. */
  const direct = (count: number): number => {
    let value = 0;
    for (; count > 0; count -= 1) {
      range >>>= 1;
      const one = code >>> 0 >= range ? 1 : 0;
      if (one) code -= range;
      normalize();
      value = (value << 1) | one;
    }
    return value >>> 0;
  };
  /** A number of so many bits, highest first, along a tree of models from `base`. */
  const tree = (model: Uint16Array, base: number, bits: number): number => {
    let node = 1;
    for (let index = 0; index < bits; index += 1) node = (node << 1) | bit(model, base + node);
    return node - (1 << bits);
  };
  /** The same, lowest bit first. */
  const reverseTree = (model: Uint16Array, base: number, bits: number): number => {
    let node = 1;
    let value = 0;
    for (let index = 0; index < bits; index += 1) {
      const one = bit(model, base + node);
      node = (node << 1) | one;
      value |= one << index;
    }
    return value;
  };

  const isMatch = models(12 << 4);
  const isRep = models(12);
  const isRepG0 = models(12);
  const isRepG1 = models(12);
  const isRepG2 = models(12);
  const isRep0Long = models(12 << 4);
  const literals = models(0x300 << (lc + lp));
  const slots = models(4 << 6);
  const special = models(128);
  const align = models(16);
  const matchLength = lengthModels();
  const repLength = lengthModels();

  const length = ({ choice, low, mid, high }: ReturnType<typeof lengthModels>, position: number): number => {
    if (bit(choice, 0) === 0) return 2 + tree(low, position << 3, 3);
    if (bit(choice, 1) === 0) return 10 + tree(mid, position << 3, 3);
    return 18 + tree(high, 0, 8);
  };
  const distance = (matched: number): number => {
    const slot = tree(slots, Math.min(matched - 2, 3) << 6, 6);
    if (slot < 4) return slot;
    const bits = (slot >> 1) - 1;
    const start = (2 | (slot & 1)) << bits;
    if (slot < 14) return start + reverseTree(special, start - slot, bits);
    return start + direct(bits - 4) * 16 + reverseTree(align, 0, 4);
  };

  let state = 0;
  let rep0 = 0;
  let rep1 = 0;
  let rep2 = 0;
  let rep3 = 0;
  for (let done = 0; done < size; ) {
    const position = done & ((1 << pb) - 1);
    if (bit(isMatch, (state << 4) + position) === 0) {
      const context = ((done & ((1 << lp) - 1)) << lc) + ((out[done - 1] ?? 0) >> (8 - lc));
      out[done] = literal(0x300 * context, state < 7 ? undefined : out[done - rep0 - 1]!);
      done += 1;
      state = state < 4 ? 0 : state < 10 ? state - 3 : state - 6;
      continue;
    }
    let matched: number;
    if (bit(isRep, state) === 0) {
      [rep3, rep2, rep1] = [rep2, rep1, rep0];
      matched = length(matchLength, position);
      rep0 = distance(matched);
      state = state < 7 ? 7 : 10;
    } else {
      if (bit(isRepG0, state) === 0) {
        if (bit(isRep0Long, (state << 4) + position) === 0) {
          state = state < 7 ? 9 : 11;
          out[done] = out[done - rep0 - 1]!;
          done += 1;
          continue;
        }
      } else if (bit(isRepG1, state) === 0) {
        [rep1, rep0] = [rep0, rep1];
      } else if (bit(isRepG2, state) === 0) {
        [rep2, rep1, rep0] = [rep1, rep0, rep2];
      } else {
        [rep3, rep2, rep1, rep0] = [rep2, rep1, rep0, rep3];
      }
      matched = length(repLength, position);
      state = state < 7 ? 8 : 11;
    }
    for (const end = Math.min(done + matched, size); done < end; done += 1) out[done] = out[done - rep0 - 1]!;
  }
  return out;

  function literal(base: number, beside: number | undefined): number {
    let symbol = 1;
    if (beside !== undefined) {
      // After a match, the byte that the match would have gone on with helps to guess.
      while (symbol < 0x100) {
        const guess = (beside >> 7) & 1;
        beside <<= 1;
        const one = bit(literals, base + ((1 + guess) << 8) + symbol);
        symbol = (symbol << 1) | one;
        if (guess !== one) break;
      }
    }
    while (symbol < 0x100) symbol = (symbol << 1) | bit(literals, base + symbol);
    return symbol & 0xff;
  }
}

function models(count: number): Uint16Array {
  return new Uint16Array(count).fill(1024);
}

function lengthModels() {
  return { choice: models(2), low: models(16 << 3), mid: models(16 << 3), high: models(256) };
}
