#!/usr/bin/env node
// Time and memory of `circleci-oidc scan` over a made-up account of 5,000 roles, all of them about CircleCI: any other one takes a
// tenth of the time.
// node bench/scan.mjs            prints
// node bench/scan.mjs --assert   also fails above 20 s or 512 MiB, or where a planted mistake is not found
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

import { MISTAKES, account } from "../test/account.mjs";

const ROLES = 5000;
const MOST_SECONDS = 20;
const MOST_MEMORY = 512 * 1024 * 1024;

const cli = fileURLToPath(new URL("../dist/cli.js", import.meta.url));
/** The most memory that the process ever had, told on its third descriptor. */
const probe = 'import { writeSync } from "node:fs"; process.on("exit", () => writeSync(3, String(process.resourceUsage().maxRSS * 1024)));';

const { text, planted } = account({ roles: ROLES, every: 1 });
const folder = mkdtempSync(join(tmpdir(), "circleci-oidc-bench-"));
try {
  const file = join(folder, "roles.json");
  writeFileSync(file, text);
  const start = process.hrtime.bigint();
  const { status, stdout, stderr, output } = spawnSync(
    process.execPath,
    ["--import", `data:text/javascript,${encodeURIComponent(probe)}`, cli, "scan", "--format", "json", file],
    { encoding: "utf8", stdio: ["ignore", "pipe", "pipe", "pipe"], maxBuffer: 256 * 1024 * 1024 },
  );
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (status !== 1) throw new Error(`scan ended with status ${status}: ${stderr}`);
  const { resources, summary } = JSON.parse(stdout);
  const memory = Number(output[3]);
  const found = new Map(resources.map(({ address, findings }) => [address, findings.map(({ code }) => code)]));
  const missed = [...planted].filter(([arn, mistake]) => !found.get(arn)?.includes(MISTAKES[mistake].code));
  const mib = (bytes) => `${(bytes / 1024 / 1024).toFixed(1)} MiB`;
  console.log(`circleci-oidc scan      ${seconds.toFixed(1)} s (at most ${MOST_SECONDS}) for ${summary.resources} roles about CircleCI in ${mib(Buffer.byteLength(text))}`);
  console.log(`memory                  ${mib(memory)} (at most ${mib(MOST_MEMORY)})`);
  console.log(`planted mistakes        ${planted.size - missed.length} of ${planted.size} found`);
  for (const [arn, mistake] of missed.slice(0, 5)) console.log(`  not found: ${mistake} (${arn})`);
  if (process.argv.includes("--assert") && (seconds > MOST_SECONDS || memory > MOST_MEMORY || missed.length > 0)) process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true });
}
