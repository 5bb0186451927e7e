// The README shows what the command line really prints.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";

import { packageFolder, root } from "./installed.mjs";

test("the README's example", () => {
  const block = /^```\n\$ circleci-oidc (inspect .*)\n([^]*?)```$/m.exec(readFileSync(join(root, "README.md"), "utf8"));
  assert.ok(block, "no example");
  const [, command, shown] = block;
  const cwd = mkdtempSync(join(tmpdir(), "circleci-oidc-readme-"));
  const run = (...args) => spawnSync(process.execPath, [join(packageFolder, "dist/cli.js"), ...args], { cwd, encoding: "utf8" });
  try {
    assert.equal(run("samples", ".").status, 0);
    const { status, stdout } = run(...command.split(" "));
    assert.equal(status, 1);
    const beginning = shown.slice(0, shown.lastIndexOf("…\n"));
    assert.ok(beginning.length > 500 && stdout.startsWith(beginning), stdout);
  } finally {
    rmSync(cwd, { recursive: true });
  }
});
