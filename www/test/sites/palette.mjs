// Makes a screenshot small: a PNG with a palette of its most frequent colours. Text on paper loses nothing that shows.
import { crc32, deflateSync, inflateSync } from "node:zlib";

const SIGNATURE = Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]);

/** The same picture in at most so many colours, 256 at most. */
export function withPalette(png, most) {
  const { width, height, pixels } = decode(png);
  const colours = frequent(pixels, most);
  const near = new Map();
  const rows = Buffer.alloc((width + 1) * height);
  for (let at = 0; at < width * height; at += 1) {
    const colour = pixels.readUIntBE(at * 3, 3);
    if (!near.has(colour)) near.set(colour, nearest(colours, colour));
    rows[at + Math.floor(at / width) + 1] = near.get(colour);
  }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3], 8);
  const palette = Buffer.from(colours.flat());
  return Buffer.concat([SIGNATURE, chunk("IHDR", header), chunk("PLTE", palette), chunk("IDAT", deflateSync(rows, { level: 9, memLevel: 9 })), chunk("IEND", Buffer.alloc(0))]);
}

/** The pixels of a browser's screenshot: 8 bits a channel, not interlaced, with or without an alpha channel that says nothing. */
function decode(png) {
  const parts = [];
  let at = SIGNATURE.length;
  while (at < png.length) {
    const length = png.readUInt32BE(at);
    parts.push([png.toString("latin1", at + 4, at + 8), png.subarray(at + 8, at + 8 + length)]);
    at += length + 12;
  }
  const [, header] = parts[0];
  const [width, height] = [header.readUInt32BE(0), header.readUInt32BE(4)];
  const channels = { 2: 3, 6: 4 }[header[9]];
  if (header[8] !== 8 || channels === undefined || header[12] !== 0) throw new Error("not a screenshot of a browser");
  const packed = Buffer.concat(parts.filter(([name]) => name === "IDAT").map(([, data]) => data));
  const lines = unfiltered(inflateSync(packed), width * channels, height, channels);
  const pixels = Buffer.alloc(width * height * 3);
  for (let pixel = 0; pixel < width * height; pixel += 1) lines.copy(pixels, pixel * 3, pixel * channels, pixel * channels + 3);
  return { width, height, pixels };
}

/** Undoes the five filters of PNG's rows. */
function unfiltered(raw, stride, height, step) {
  const lines = Buffer.alloc(stride * height);
  for (let row = 0; row < height; row += 1) {
    const filter = raw[row * (stride + 1)];
    for (let column = 0; column < stride; column += 1) {
      const at = row * stride + column;
      const left = column >= step ? lines[at - step] : 0;
      const up = row > 0 ? lines[at - stride] : 0;
      const corner = row > 0 && column >= step ? lines[at - stride - step] : 0;
      const guess = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter];
      lines[at] = raw[row * (stride + 1) + 1 + column] + guess;
    }
  }
  return lines;
}

function paeth(left, up, corner) {
  const [toLeft, toUp, toCorner] = [Math.abs(up - corner), Math.abs(left - corner), Math.abs(left + up - 2 * corner)];
  if (toLeft <= toUp && toLeft <= toCorner) return left;
  return toUp <= toCorner ? up : corner;
}

/** The most frequent colours; those that nobody can tell apart count as one. */
function frequent(pixels, most) {
  const counts = new Map();
  for (let at = 0; at < pixels.length; at += 3) {
    const [red, green, blue] = pixels.subarray(at, at + 3);
    const key = ((red >> 3) << 10) | ((green >> 3) << 5) | (blue >> 3);
    const seen = counts.get(key) ?? counts.set(key, { count: 0, colours: new Map() }).get(key);
    const colour = (red << 16) | (green << 8) | blue;
    seen.count += 1;
    seen.colours.set(colour, (seen.colours.get(colour) ?? 0) + 1);
  }
  const kept = [...counts.values()].sort((a, b) => b.count - a.count).slice(0, most);
  return kept.map(({ colours }) => {
    const [[colour]] = [...colours].sort(([, a], [, b]) => b - a);
    return [colour >> 16, (colour >> 8) & 255, colour & 255];
  });
}

function nearest(colours, colour) {
  const [red, green, blue] = [colour >> 16, (colour >> 8) & 255, colour & 255];
  const distances = colours.map(([r, g, b]) => (r - red) ** 2 + (g - green) ** 2 + (b - blue) ** 2);
  return distances.indexOf(Math.min(...distances));
}

function chunk(name, data) {
  const body = Buffer.concat([Buffer.from(name, "latin1"), data]);
  const about = Buffer.alloc(8);
  about.writeUInt32BE(data.length, 0);
  about.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([about.subarray(0, 4), body, about.subarray(4)]);
}
