const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;

export interface Line {
  /** From 1. */
  number: number;
  /** Without its end; undefined: it is longer than the limit. */
  bytes: Uint8Array | undefined;
}

/** The lines of a text. Of a line that is longer than `limit` bytes nothing is kept. */
export async function* lines(chunks: AsyncIterable<Uint8Array>, limit: number): AsyncGenerator<Line> {
  let number = 1;
  let parts: Uint8Array[] = [];
  let size = 0;
  // The line feed and a carriage return before it are no part of the line.
  const add = (part: Uint8Array) => {
    size += part.length;
    if (size <= limit + 1) parts.push(part);
    else parts = [];
  };
  const finish = (): Line => {
    const line = Buffer.concat(parts);
    const bytes = line.at(-1) === CARRIAGE_RETURN ? line.subarray(0, -1) : line;
    const isTooLong = size > limit + 1 || bytes.length > limit;
    parts = [];
    size = 0;
    return { number: number++, bytes: isTooLong ? undefined : bytes };
  };
  for await (const chunk of chunks) {
    let from = 0;
    for (let end = chunk.indexOf(LINE_FEED); end >= 0; end = chunk.indexOf(LINE_FEED, from)) {
      add(chunk.subarray(from, end));
      from = end + 1;
      yield finish();
    }
    if (from < chunk.length) add(chunk.subarray(from));
  }
  if (size > 0) yield finish();
}
