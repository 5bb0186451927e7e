// The packed tarball, installed in an empty folder: what a user gets. test/run.mjs does it once for all test files.
import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

export const root = fileURLToPath(new URL("../..", import.meta.url));
const pkg = fileURLToPath(new URL("..", import.meta.url));
const quiet = { stdio: ["ignore", "pipe", "pipe"], encoding: "utf8", shell: process.platform === "win32" };

/** Packs, installs, and returns the folder that has the package in its node_modules. */
export function install() {
  const folder = mkdtempSync(join(tmpdir(), "circleci-oidc-"));
  const [{ filename }] = JSON.parse(execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], { ...quiet, cwd: pkg }));
  writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
  // Without a dependency of its own the package needs no network.
  execFileSync("npm", ["install", "--offline", "--no-audit", "--no-fund", "--ignore-scripts", `./${filename}`], { ...quiet, cwd: folder });
  return folder;
}

export const folder = process.env.CIRCLECI_OIDC_INSTALLED ?? temporary();
export const packageFolder = join(folder, "node_modules/circleci-oidc");
/** The package as `import` and as `require` find it from that folder. */
export const imported = await import(pathToFileURL(join(packageFolder, "dist/index.js")).href);
export const required = createRequire(join(folder, "here.js"))("circleci-oidc");

/** For one test file that is run by itself. */
function temporary() {
  const made = install();
  process.on("exit", () => rmSync(made, { recursive: true, force: true }));
  return made;
}
