/** UTF-8 for places without `TextDecoder` and `TextEncoder` (jsdom has neither): as much of the two as is used here. */

/** Bytes to text. Refuses what is not UTF-8, as `new TextDecoder("utf-8", { fatal: true })` does. */
export class Utf8Decoder {
  decode(bytes: Uint8Array = new Uint8Array(0)): string {
    let text = "";
    let units: number[] = [];
    for (let at = 0; at < bytes.length; ) {
      const first = bytes[at++]!;
      let point = first;
      if (first >= 0x80) {
        const more = first >= 0xf0 && first < 0xf5 ? 3 : first >= 0xe0 && first < 0xf0 ? 2 : first >= 0xc2 && first < 0xe0 ? 1 : 0;
        if (more === 0) throw malformed();
        point = first & (0x3f >> more);
        for (let left = more; left > 0; left -= 1) {
          const next = bytes[at++] ?? 0;
          if ((next & 0xc0) !== 0x80) throw malformed();
          point = (point << 6) | (next & 0x3f);
        }
        const shortest = more === 1 ? 0x80 : more === 2 ? 0x800 : 0x10000;
        if (point < shortest || point > 0x10ffff || (point >= 0xd800 && point < 0xe000)) throw malformed();
      }
      if (point > 0xffff) units.push(0xd7c0 + (point >> 10), 0xdc00 + (point & 0x3ff));
      else units.push(point);
      // Few enough for the arguments of one call.
      if (units.length >= 4096) {
        text += String.fromCharCode(...units);
        units = [];
      }
    }
    return text + String.fromCharCode(...units);
  }
}

/** The bits that say how many bytes follow. */
const LEAD = [0x00, 0xc0, 0xe0, 0xf0];

/** Text to bytes. The text is well-formed: the wrapper has refused any other. */
export class Utf8Encoder {
  encode(text: string): Uint8Array {
    const bytes = new Uint8Array(text.length * 3);
    let length = 0;
    for (const character of text) {
      const point = character.codePointAt(0)!;
      if (point < 0x80) {
        bytes[length++] = point;
        continue;
      }
      const more = point < 0x800 ? 1 : point < 0x10000 ? 2 : 3;
      bytes[length++] = LEAD[more]! | (point >> (6 * more));
      for (let left = more - 1; left >= 0; left -= 1) bytes[length++] = 0x80 | ((point >> (6 * left)) & 0x3f);
    }
    return bytes.slice(0, length);
  }
}

function malformed(): TypeError {
  return new TypeError("The encoded data was not valid UTF-8");
}
