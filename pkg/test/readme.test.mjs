// The READMEs show what the program really prints, and code that runs.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import test from "node:test";
import { pathToFileURL } from "node:url";
import { gzipSync } from "node:zlib";

import { network } from "./fetch-stub.mjs";
import { folder, imported as api, packageFolder, root } from "./installed.mjs";
import { examples } from "./readme.mjs";

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

const { token, jwks, organization, now, trust } = api.samples();
const issuer = `https://oidc.circleci.com/org/${organization}`;
const answers = { [`${issuer}/.well-known/openid-configuration`]: { issuer, jwks_uri: `${issuer}/keys` }, [`${issuer}/keys`]: jwks };

for (const [index, { title, code }] of examples().entries()) {
  test(`the package's example: ${title}`, async () => {
    // In the time of the samples, with what the text says is there already; the results are handed out.
    const names = [...code.matchAll(/^const (\{[^}]*\}|\w+) =/gm)].flatMap(([, name]) => name.match(/\w+/g));
    const given = Object.entries({ token, jwks, policy: trust[0].policy }).filter(([name]) => !names.includes(name));
    const file = join(folder, `example-${index}.mjs`);
    writeFileSync(file, `${given.map(([name, value]) => `const ${name} = ${JSON.stringify(value)};`).join("\n")}\n${code}\nexport { ${names.join(", ")} };\n`);
    const net = await network(answers);
    const { now: clock } = Date;
    const { log } = console;
    const printed = [];
    Date.now = () => now * 1000;
    console.log = (text) => printed.push(text);
    try {
      const { report, verdict } = await import(pathToFileURL(file).href);
      if (report) assert.deepEqual([report.verification.verdict, report.trust[0].decision], ["valid", "allow"]);
      if (report) assert.match(printed.join(), /lets this token in/);
      if (verdict) assert.deepEqual([verdict, net.asked.length], ["valid", 2]);
    } finally {
      Object.assign(console, { log });
      Date.now = clock;
      net.close();
    }
  });
}

test("no entry is larger than the package's README says", () => {
  const text = readFileSync(join(packageFolder, "README.md"), "utf8");
  const rows = [...text.matchAll(/^\| `circleci-oidc(?:\/([\w.]+))?` \|.*\| (\d+) KiB \|$/gm)];
  assert.deepEqual(rows.map(([, name]) => name), [undefined, "jwks", "slim", "core.wasm"]);
  for (const [, name = "index", limit] of rows) {
    const size = gzipSync(readFileSync(join(packageFolder, "dist", name.includes(".") ? name : `${name}.js`)), { level: 9 }).length;
    assert.ok(size <= limit * 1024, `${name} has ${size} bytes`);
  }
});
