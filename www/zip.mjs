// Packs the page: node zip.mjs FOLDER. The same page gives the same bytes.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { crc32, deflateRawSync } from "node:zlib";

const here = dirname(fileURLToPath(import.meta.url));
const folder = process.argv[2] === undefined ? fail("say where the zip is to go: node zip.mjs FOLDER") : resolve(process.argv[2]);
const { version } = JSON.parse(readFileSync(resolve(here, "../pkg/package.json"), "utf8"));

const FILES = [
  ["index.html", "dist/index.html"],
  ["embed.html", "dist/embed.html"],
  ["host.js", "dist/host.js"],
  ["_headers", "dist/_headers"],
  ["nginx.conf", "dist/nginx.conf"],
  ["LICENSE-MIT", "../LICENSE-MIT"],
  ["LICENSE-APACHE", "../LICENSE-APACHE"],
  ["THIRD-PARTY-NOTICES.txt", "dist/THIRD-PARTY-NOTICES.txt"],
];
/** The oldest date that the format knows: a build's own would make each another file. */
const DATE = 0x0021;
const UTF8 = 0x0800;

const parts = [];
const directory = [];
let offset = 0;
for (const [name, path] of FILES) {
  const content = readFileSync(join(here, path));
  const packed = deflateRawSync(content, { level: 9 });
  const about = fields([20, 2], [UTF8, 2], [8, 2], [0, 2], [DATE, 2], [crc32(content), 4], [packed.length, 4], [content.length, 4], [name.length, 2], [0, 2]);
  const entry = [fields([0x04034b50, 4]), about, Buffer.from(name), packed];
  directory.push(fields([0x02014b50, 4], [20, 2]), about, fields([0, 2], [0, 2], [0, 2], [0, 4], [offset, 4]), Buffer.from(name));
  parts.push(...entry);
  offset += Buffer.concat(entry).length;
}
const list = Buffer.concat(directory);
const end = fields([0x06054b50, 4], [0, 2], [0, 2], [FILES.length, 2], [FILES.length, 2], [list.length, 4], [offset, 4], [0, 2]);
const zip = Buffer.concat([...parts, list, end]);

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
const name = `circleci-oidc-page-${version}.zip`;
writeFileSync(join(folder, name), zip);
writeFileSync(join(folder, `${name}.sha256`), `${sha256(zip)}  ${name}\n`);
console.log(`Packed ${name} (${(zip.length / 1024).toFixed(0)} KiB)`);
console.log(`  SHA-256 ${sha256(zip)}`);
console.log(`  SHA-256 ${sha256(readFileSync(join(here, "dist/index.html")))} of its index.html`);

/** Numbers, little-endian, each in so many bytes. */
function fields(...values) {
  return Buffer.concat(
    values.map(([value, bytes]) => {
      const buffer = Buffer.alloc(bytes);
      buffer.writeUIntLE(value, 0, bytes);
      return buffer;
    }),
  );
}

function sha256(bytes) {
  return createHash("sha256").update(bytes).digest("hex");
}

function fail(message) {
  console.error(`zip.mjs: ${message}`);
  process.exit(1);
}
