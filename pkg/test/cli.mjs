// Runs the installed command line.
import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { imported, packageFolder } from "./installed.mjs";

export const program = join(packageFolder, "dist/cli.js");
export const samples = imported.samples();
export const pinned = ["--organization", samples.organization, "--now", String(samples.now)];

/** A folder with the samples; removed at the end. */
export const folder = mkdtempSync(join(tmpdir(), "circleci-oidc-cli-"));
process.on("exit", () => rmSync(folder, { recursive: true, force: true }));
export const at = (name) => join(folder, name);

const CLEAN = { PATH: process.env.PATH };

/** Runs a command to its end; without `input` standard input is empty. */
export function run(args, { input = "", env = {} } = {}) {
  const { status, stdout, stderr } = spawnSync(process.execPath, [program, ...args], { input, env: { ...CLEAN, ...env }, encoding: "utf8" });
  return { status, stdout, stderr };
}

/** A run whose pipes the test holds. */
export function start(args, env = {}) {
  return spawn(process.execPath, [program, ...args], { env: { ...CLEAN, ...env } });
}

run(["samples", folder]);
