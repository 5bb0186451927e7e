// The licences of the crates that are compiled into the core, and of the npm packages that are bundled: most of them ask that
// their notice goes along.
import { execFileSync } from "node:child_process";
import { existsSync, readFileSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";

const TARGET = "wasm32-unknown-unknown";
/** Of several licences the first of these that the crate brings; each alone is enough. */
const PREFERRED = [/^LICEN[CS]E[-._]?MIT/i, /^LICEN[CS]E[-._]?0?BSD/i, /^(LICEN[CS]E|COPYING)(\.\w+)?$/i, /^LICEN[CS]E[-._]?APACHE/i, /^LICEN[CS]E/i];

/** A text with every crate that is linked and every npm package that is bundled, each licence text once. `root`: the folder of
 *  the crate's Cargo.toml; `packages`: the folders of the npm packages. */
export function notices(root, packages) {
  const options = { cwd: root, encoding: "utf8", maxBuffer: 64 * 1024 * 1024, stdio: ["ignore", "pipe", "inherit"] };
  const metadata = JSON.parse(
    execFileSync(process.env.CARGO ?? "cargo", ["metadata", "--locked", "--format-version", "1", "--filter-platform", TARGET], options),
  );
  const crates = linked(metadata, join(root, "Cargo.toml")).map((crate) => ({ ...crate, folder: dirname(crate.manifest_path) }));
  return [
    "The WebAssembly core of circleci-oidc holds code of these Rust crates, and of Rust's standard library (MIT OR Apache-2.0).\n",
    ...listed(crates),
    "Its command line, cli.js, holds code of these npm packages.\n",
    ...listed(packages.sort().map((folder) => ({ ...JSON.parse(readFileSync(join(folder, "package.json"), "utf8")), folder }))),
  ].join(`\n${"-".repeat(80)}\n\n`);
}

function listed(parts) {
  const texts = new Map();
  for (const part of parts) {
    const text = licence(part);
    texts.set(text, [...(texts.get(text) ?? []), `${part.name} ${part.version} (${part.license})`]);
  }
  return [...texts].map(([text, names]) => `${names.join("\n")}\n\n${text}\n`);
}

/** The crates below the one of this manifest that end up in the module: neither tests' nor build scripts' nor macros. */
function linked({ packages, resolve }, manifest) {
  const crates = new Map(packages.map((crate) => [crate.id, crate]));
  const nodes = new Map(resolve.nodes.map((node) => [node.id, node]));
  const start = packages.find((crate) => crate.manifest_path === manifest);
  const found = new Set();
  const visit = (id) => {
    for (const { pkg, dep_kinds } of nodes.get(id).deps) {
      const isMacro = crates.get(pkg).targets.some(({ kind }) => kind.includes("proc-macro"));
      if (found.has(pkg) || isMacro || dep_kinds.every(({ kind }) => kind !== null)) continue;
      found.add(pkg);
      visit(pkg);
    }
  };
  visit(start.id);
  return [...found].map((id) => crates.get(id)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function licence({ name, folder, license, authors }) {
  const files = readdirSync(folder);
  for (const pattern of PREFERRED) {
    const file = files.find((file) => pattern.test(file) && existsSync(join(folder, file)));
    if (file !== undefined) return readFileSync(join(folder, file), "utf8").replaceAll("\r\n", "\n").trim();
  }
  return `${name} brings no text of its licence: ${license}. Authors: ${authors?.join(", ") || "see its repository"}.`;
}
