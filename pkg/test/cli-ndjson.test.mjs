// evaluate --claims-ndjson: one claim set a line in, one answer a line out.
import assert from "node:assert/strict";
import { once } from "node:events";
import { readFileSync, writeFileSync } from "node:fs";
import { test } from "node:test";
import { setTimeout as after } from "node:timers/promises";

import { at, run, samples, start } from "./cli.mjs";
import { imported as api } from "./installed.mjs";

const claims = api.decode(samples.token).claims;
const other = { ...claims, sub: claims.sub.replace("project/", "project/x") };
const line = JSON.stringify(claims);
const args = ["evaluate", "--claims-ndjson", "-", "--aws", at("one-project.json")];
const json = (input, more = []) => {
  const { status, stdout, stderr } = run([...args, "--format", "json", ...more], { input });
  assert.equal(stderr, "");
  return { status, answers: stdout.split("\n").slice(0, -1).map((text) => JSON.parse(text)) };
};

test("an answer for each line, in their order, which is what the function answers", () => {
  const { status, answers } = json(`${line}\n${JSON.stringify(other)}\n`);
  const trust = { provider: "aws", name: "one-project.json", policy: readFileSync(at("one-project.json"), "utf8") };
  assert.deepEqual(answers, [claims, other].map((one, index) => ({ line: index + 1, results: [api.evaluate(one, trust)] })));
  assert.equal(status, 1);
  assert.deepEqual(json(line, ["--no-probes"]).answers[0].results[0].probes, []);
});

test("brief JSON and text: decision and headline for each configuration", () => {
  const more = ["--aws", at("context-ids.json"), "--now", String(samples.now)];
  const results = [["one-project.json", "allow"], ["context-ids.json", "deny"]];
  const brief = JSON.parse(run([...args, ...more, "--format", "brief"], { input: line }).stdout);
  assert.deepEqual(brief.results.map(({ name, decision }) => [name, decision]), results);
  assert.deepEqual(Object.keys(brief.results[0]), ["provider", "name", "decision", "headline"]);
  const { stdout } = run([...args, ...more], { input: line });
  assert.deepEqual(stdout, brief.results.map(({ decision, headline }) => `1  ${decision === "allow" ? "ALLOWED" : "DENIED"}  ${headline}\n`).join(""));
});

const bad = [
  ["not JSON", "{", /not JSON: .* \(column 2\)$/],
  ["not an object", "[]", /expected an object, got an array/],
  ["not UTF-8", Buffer.from('{"sub":"\xe9"}', "latin1"), /not UTF-8/],
  ["too long", `{"sub":"${"x".repeat(64 * 1024)}"}`, /^more than 64 KiB in one line$/],
  ["many times too long", " ".repeat(1024 * 1024), /^more than 64 KiB in one line$/],
];
test("a line that cannot be read has its error in its place, and the rest is judged", () => {
  const parts = bad.flatMap(([, text]) => [Buffer.from(text), Buffer.from(`\r\n${line}\r\n`)]);
  const { status, answers } = json(Buffer.concat(parts));
  assert.equal(status, 2);
  assert.equal(answers.length, 2 * bad.length);
  bad.forEach(([name, , message], index) => {
    const [wrong, right] = answers.slice(2 * index);
    assert.deepEqual([wrong.line, Object.keys(wrong)], [2 * index + 1, ["line", "error"]], name);
    assert.match(wrong.error, message, name);
    assert.deepEqual([right.line, right.results[0].decision], [2 * index + 2, "allow"]);
  });
  assert.match(run(args, { input: "{\n" }).stdout, /^1  NOT READ  not JSON/);
});

test("the longest line, an empty one, a byte order mark, no line end at the end", () => {
  const padded = `${line.slice(0, -1)}${" ".repeat(64 * 1024 - line.length)}}`;
  const { status, answers } = json(`\ufeff${line}\n\n${padded}\r\n${line}`);
  assert.deepEqual(answers.map(({ line, results }) => [line, results[0].decision]), [[1, "allow"], [3, "allow"], [4, "allow"]]);
  assert.equal(status, 0);
  assert.deepEqual(json(""), { status: 0, answers: [] });
});

test("the status is that of the worst line", () => {
  const status = (inputs, more = []) => run([...args, ...more], { input: inputs.map((one) => JSON.stringify(one)).join("\n") }).status;
  assert.equal(status([claims, claims]), 0);
  assert.equal(status([claims, { sub: claims.sub }], ["--partial"]), 3);
  assert.equal(status([{ iss: claims.iss }, other], ["--partial"]), 1);
  assert.equal(status([claims, []]), 2);
});

test("a file, and what is wrong with the options", () => {
  writeFileSync(at("lines.ndjson"), `${line}\n`.repeat(300));
  const { status, stdout } = run(["evaluate", "--claims-ndjson", at("lines.ndjson"), "--aws", at("one-project.json")]);
  assert.deepEqual([status, stdout.split("\n").length], [0, 301]);
  const wrong = [
    [["--claims-ndjson", at("lines.ndjson")], /name at least one configuration/],
    [["--claims-ndjson", at("missing.ndjson"), "--aws", at("one-project.json")], /missing\.ndjson: there is no such file/],
    [["--claims-ndjson", at(""), "--aws", at("one-project.json")], /this is a directory/],
    [["--claims-ndjson", at("lines.ndjson"), "--claims", at("claims.json"), "--aws", at("one-project.json")], /give one of them/],
    [["--claims-ndjson", at("lines.ndjson"), "--evidence", at("claims.json"), "--aws", at("one-project.json")], /give one of them/],
    [["--claims-ndjson", at("lines.ndjson"), "--aws", at("one-project.json"), "--format", "xml"], /expected text, json or brief/],
    [["--claims-ndjson", "-", "--aws", "-"], /only one input can come from standard input/, readFileSync(at("one-project.json"))],
  ];
  for (const [more, message, input = line] of wrong) {
    const result = run(["evaluate", ...more], { input });
    assert.equal(result.status, 2, result.stderr);
    assert.match(result.stderr, message);
  }
});

const proc = { skip: process.platform === "linux" ? false : "needs /proc" };
const residentKiB = ({ pid }) => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, "utf8"))[1]);

test("where nobody reads the answers, no more is read, and memory stays; then nothing is lost", proc, async () => {
  const child = start(args);
  const block = `${line}\n`.repeat(100);
  let [sent, done] = [0, false];
  const feed = async () => {
    // Far more than pipes hold.
    while (sent < 15_000) {
      sent += 100;
      if (!child.stdin.write(block)) await once(child.stdin, "drain");
    }
    done = true;
    child.stdin.end();
  };
  const feeding = feed();
  let before = -1;
  for (let waited = 0; before !== sent && waited < 20; waited += 1) {
    before = sent;
    await after(1000);
  }
  assert.ok(!done && sent < 10_000, `${sent} lines were taken without a reader`);
  const resident = residentKiB(child);
  let lines = 0;
  let most = resident;
  for await (const chunk of child.stdout) {
    for (const byte of chunk) if (byte === 10) lines += 1;
    most = Math.max(most, child.exitCode === null ? residentKiB(child) : 0);
  }
  await feeding;
  assert.equal(lines, 15_000);
  assert.ok(most - resident < 64 * 1024, `${resident} KiB, then ${most} KiB`);
});

test("a reader that goes away ends it", async () => {
  const child = start(args);
  child.stdin.on("error", () => {});
  const feeding = setInterval(() => child.stdin.write(`${line}\n`.repeat(50)), 5);
  await once(child.stdout, "data");
  child.stdout.destroy();
  const [status] = await once(child, "close");
  clearInterval(feeding);
  assert.equal(status, 0);
});
