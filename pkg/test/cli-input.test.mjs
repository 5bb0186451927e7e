// Where inputs come from, what is said when they do not come, and how output is made.
import assert from "node:assert/strict";
import { spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { at, pinned, program, run, samples, start } from "./cli.mjs";

const { token } = samples;
const v2 = samples.cases.find(({ name }) => name === "one-project-v2").token;
const job = { CIRCLECI: "true", CIRCLE_OIDC_TOKEN: token, CIRCLE_OIDC_TOKEN_V2: v2 };
const format = (result) => JSON.parse(result.stdout).subject.format;
const decode = (options) => run(["decode", "--format", "json"], options);

test("the token from standard input, a file, - and a variable", () => {
  assert.equal(format(decode({ input: token })), "v1");
  assert.equal(format(decode({ input: `${v2}\r\n` })), "v2");
  assert.equal(format(run(["decode", "--format", "json", "--token-file", at("token-v2.jwt")])), "v2");
  assert.equal(format(run(["decode", "--format", "json", "--token-file", "-"], { input: token })), "v1");
  assert.equal(format(run(["decode", "--format", "json", "--env", "MINE"], { env: { MINE: token } })), "v1");
});

test("in a CircleCI job: what is piped in, else V2, else V1", () => {
  assert.equal(format(decode({ env: job, input: token })), "v1");
  assert.equal(format(decode({ env: job })), "v2");
  assert.equal(format(decode({ env: { ...job, CIRCLE_OIDC_TOKEN_V2: "" } })), "v1");
  assert.equal(decode({ env: { ...job, CIRCLECI: "" } }).status, 2, "elsewhere nothing is taken that was not asked for");
  assert.match(decode({ env: { CIRCLECI: "true" } }).stderr, /this job has no token/);
});

test("a line end after the token is no remark, and does not spoil a verification", () => {
  const { status } = run(["verify", "--jwks", at("jwks.json"), ...pinned], { input: `${token}\n` });
  assert.equal(status, 0);
  assert.equal(run(["verify", "--jwks", at("jwks.json"), ...pinned], { input: ` ${token}` }).status, 1, "anything else does");
});

writeFileSync(at("latin1.json"), Buffer.from([0x7b, 0xe9, 0x7d]));
writeFileSync(at("utf16.json"), Buffer.from("\ufeff{}", "utf16le"));
writeFileSync(at("bom.json"), `\ufeff${readFileSync(at("one-project.json"), "utf8")}`);
writeFileSync(at("huge.json"), Buffer.alloc(9 * 1024 * 1024, 0x20));
writeFileSync(at("large.json"), JSON.stringify({ Version: "x".repeat(300 * 1024) }));
writeFileSync(at("large.jwt"), ".".repeat(65 * 1024));
writeFileSync(at("list.json"), "[]");
writeFileSync(at("broken.json"), '{\n "iss": x\n}');
writeFileSync(at("empty.json"), " \n");
writeFileSync(at("role.tf"), 'resource "aws_iam_role" "deploy" {\n}\n');
writeFileSync(at("failed.txt"), "ERROR: (gcloud.iam) there is no active account\n");
writeFileSync(at("word.txt"), "deploy");
mkdirSync(at("folder"));

// What a command leaves behind that failed: no policy that a cloud would refuse.
const NOTHING = /^circleci-oidc: --[\w-]+ .*empty\.json: there is nothing in it\n.*failed/;

const claims = ["--claims", at("claims.json")];
const wrong = [
  ["no command", [], /say what to do/],
  ["an unknown command", ["explain"], /unknown command explain/],
  ["an option before the command", ["--format", "json", "decode"], /the command comes first/],
  ["an unknown option", ["decode", "--verbose"], /unknown option --verbose\n.*--token-file/],
  ["an abbreviated option", ["verify", "--org", "x"], /unknown option --org/],
  ["an option of another command", ["decode", "--aws", "x"], /this command does not take --aws/],
  ["an option without its value", ["verify", "--now"], /--now needs a value: --now TIME/],
  ["an option in the place of a value", ["verify", "--now", "--leeway", "5"], /--now needs a value/],
  ["an empty value", ["verify", "--organization="], /--organization needs a value/],
  ["an option twice", ["verify", "--organization", "a", "--organization", "b"], /--organization was given twice/],
  ["a flag with a value", ["evaluate", "--partial=yes", ...claims], /--partial takes no value/],
  ["no such file", ["evaluate", ...claims, "--aws", at("nothing.json")], /--aws .*nothing\.json: there is no such file/],
  ["a directory", ["evaluate", ...claims, "--aws", at("folder")], /--aws .*folder: this is a directory/],
  ["a binary file", ["evaluate", ...claims, "--aws", at("latin1.json")], /--aws .*latin1\.json: this is not UTF-8/],
  ["UTF-16", ["evaluate", ...claims, "--aws", at("utf16.json")], /UTF-16.*Save it as UTF-8/],
  ["a huge file", ["evaluate", ...claims, "--aws", at("huge.json")], /huge\.json: more than 8 MiB/],
  ["a policy over the limit", ["evaluate", ...claims, "--aws", at("large.json")], /--aws .*large\.json: the configuration has \d+ bytes; the limit is 262144/],
  ["a token over the limit", ["decode", "--token-file", at("large.jwt")], /--token-file .*large\.jwt: the token has \d+ bytes; the limit is 65536/],
  ["claims that are a list", ["evaluate", "--claims", at("list.json"), "--aws", at("one-project.json")], /--claims .*list\.json: expected an object, got an array/],
  ["claims that are no JSON", ["evaluate", "--claims", at("broken.json"), "--aws", at("one-project.json")], /--claims .*broken\.json: .*\(line 2, column 9\)/],
  ["a token as claims", ["evaluate", "--claims", at("token.jwt"), "--aws", at("one-project.json")], /--claims .*token\.jwt: there are no claims in it\nGive it as --token-file FILE\./],
  ["a policy as claims", ["evaluate", "--claims", at("one-project.json"), "--aws", at("one-project.json")], /no claims in it\nGive it as --aws FILE\./],
  ["a key set as claims", ["inspect", "--claims", at("jwks.json")], /no claims in it\nGive it as --jwks FILE\./],
  ...["claims", "evidence"].map((name) => [`nothing in --${name}`, ["inspect", `--${name}`, at("empty.json")], NOTHING]),
  ["nothing in the key set", ["verify", "--jwks", at("empty.json"), "--token-file", at("token.jwt")], NOTHING],
  ["nothing in the names", ["decode", "--names", at("empty.json"), "--token-file", at("token.jwt")], NOTHING],
  ...["aws", "gcp", "azure", "vault-role"].map((name) => [`nothing in --${name}`, ["evaluate", ...claims, `--${name}`, at("empty.json")], NOTHING]),
  ["nothing in a mount", ["evaluate", ...claims, "--vault-role", at("vault-project.json"), "--vault-mount", at("empty.json")], NOTHING],
  ["Terraform's own files", ["evaluate", ...claims, "--aws", at("role.tf")], /--aws .*role\.tf: there is no role in it; it seems to be Terraform's configuration \(HCL\)\n.*terraform show -json/],
  ["what a command printed that failed", ["evaluate", ...claims, "--gcp", at("failed.txt")], /it seems to be a text that is neither JSON nor a token\nGive a document/],
  ["one word", ["evaluate", ...claims, "--azure", at("word.txt")], /it seems to be neither a configuration nor a token\nGive a document/],
  ["one word as evidence", ["inspect", "--evidence", at("word.txt")], /tells nothing of a token\nThis is not a token\. Evidence is/],
  ["no configuration", ["evaluate", ...claims], /--aws FILE/],
  ["a provider without a role", ["inspect", ...claims, "--aws-provider", at("list.json")], /--aws-provider says nothing without --aws/],
  ["a resource control policy without a role", ["inspect", ...claims, "--aws-rcp", at("list.json")], /--aws-rcp says nothing without --aws/],
  ["a resource control policy that is not there", ["inspect", ...claims, "--aws", at("one-project.json"), "--aws-rcp", at("nothing.json")], /--aws-rcp .*nothing\.json: there is no such file/],
  ["a provider that is no JSON", ["inspect", ...claims, "--aws", at("one-project.json"), "--aws-provider", at("token.jwt")], /--aws-provider .*token\.jwt: not JSON/],
  ["a provider of another shape", ["inspect", ...claims, "--aws", at("one-project.json"), "--aws-provider", at("jwks.json")], /--aws-provider/],
  ["a context without a value", ["inspect", ...claims, "--aws", at("one-project.json"), "--aws-context", "aws:SourceIp"], /--aws-context aws:SourceIp: expected KEY=VALUE/],
  ["a requirement without a value", ["verify", "--require", "sub"], /--require sub: expected KEY=VALUE/],
  ["claims and a token", ["inspect", ...claims, "--token-file", at("token.jwt")], /--claims stands in place of a token/],
  ["two tokens", ["inspect", "--env", "X", "--token-file", at("token.jwt")], /give one of them/],
  ["--partial with a token", ["inspect", "--partial"], /--partial says nothing without --claims/],
  ["two inputs from standard input", ["evaluate", "--claims", "-", "--aws", "-"], /only one input can come from standard input/],
  ["a variable that is not set", ["decode", "--env", "CIRCLE_OIDC_TOKEN_V2"], /CIRCLE_OIDC_TOKEN_V2: this variable is not set/],
  ["nothing on standard input", ["decode"], /there is no token: standard input is empty/],
  ["a time without a zone", ["verify", "--now", "2026-11-20T09:35:00"], /--now 2026-11-20T09:35:00: expected epoch seconds, or ISO 8601 with its zone/],
  ["a day that no calendar has", ["verify", "--now", "2026-02-30T00:00:00Z"], /--now 2026-02-30/],
  ["a time in words", ["verify", "--now", "today"], /--now today/],
  ["a tolerance in words", ["verify", "--leeway", "1m"], /--leeway 1m: expected a number of seconds/],
  ["an algorithm that is none", ["verify", "--algorithm", "none", "--token-file", at("token.jwt")], /--algorithm/],
  ["a format that is none", ["decode", "--format", "yaml"], /--format yaml: expected text or json/],
  ["control characters in a name", ["evaluate", ...claims, "--aws", "a\u001b[2J"], /a\\u\{1b\}\[2J/],
];
for (const [name, args, words] of wrong) {
  test(`status 2 and words for: ${name}`, () => {
    const { status, stdout, stderr } = run(args, { input: args.includes("-") ? "{}" : "" });
    assert.equal(status, 2, stderr);
    assert.equal(stdout, "");
    assert.match(stderr, words);
    assert.match(stderr, /^circleci-oidc: /);
  });
}

test("a byte order mark is the core's to judge, not an unreadable file", () => {
  assert.equal(run(["evaluate", ...claims, "--aws", at("bom.json")]).status, 1);
});

test("help and version", () => {
  for (const args of [["--help"], ["-h"], ...["inspect", "decode", "verify", "evaluate", "lint", "scan", "test", "explain-error", "samples"].map((command) => [command, "--help"])]) {
    const { status, stdout, stderr } = run(args);
    assert.deepEqual([status, stderr], [0, ""]);
    assert.match(stdout, /Usage: circleci-oidc/);
    assert.match(stdout, /Exit status/);
    if (args.length === 2) assert.match(stdout, /Examples\n {2}.*circleci-oidc/);
    assert.ok(stdout.split("\n").every((line) => line.length <= 125), "lines fit a terminal");
  }
  assert.match(run(["--version"]).stdout, /^circleci-oidc \d+\.\d+\.\d+\n$/);
});

test("colours: not in a pipe, by FORCE_COLOR, never against NO_COLOR, never in JSON", () => {
  const args = ["decode", "--token-file", at("token.jwt")];
  const colored = (env, more = []) => run([...args, ...more], { env }).stdout.includes("\u001b[");
  assert.equal(colored({}), false);
  assert.equal(colored({ FORCE_COLOR: "1" }), true);
  assert.equal(colored({ FORCE_COLOR: "0" }), false);
  assert.equal(colored({ NO_COLOR: "1" }), false);
  assert.equal(colored({ FORCE_COLOR: "1" }, ["--format", "json"]), false);
});

test("on a terminal: colours unless NO_COLOR, and words in place of waiting for a token", { skip: hasScript() ? false : "needs script(1)" }, () => {
  const inTerminal = (command, env) =>
    spawnSync("script", ["-qec", `"${process.execPath}" "${program}" ${command}`, "/dev/null"], { encoding: "utf8", env: { PATH: process.env.PATH, TERM: "xterm", ...env }, timeout: 20_000 });
  assert.match(inTerminal(`decode --token-file ${at("token.jwt")}`).stdout, /\u001b\[/);
  assert.doesNotMatch(inTerminal(`decode --token-file ${at("token.jwt")}`, { NO_COLOR: "1" }).stdout, /\u001b\[/);
  const silent = inTerminal("decode");
  assert.equal(silent.status, 2);
  assert.match(silent.stdout, /standard input is the terminal/);
});

function hasScript() {
  return process.platform === "linux" && spawnSync("script", ["--version"]).status === 0;
}

test("a pipe that stays silent is told of, and still read", async () => {
  const child = start(["decode", "--format", "json"]);
  let output = "";
  child.stdout.on("data", (chunk) => (output += chunk));
  const [words] = await once(child.stderr, "data");
  assert.match(String(words), /waiting for standard input/);
  child.stdin.end(token);
  const [status] = await once(child, "close");
  assert.equal(status, 0);
  assert.equal(JSON.parse(output).subject.format, "v1");
});

test("a reader that closes the pipe early is no error", async () => {
  const child = start(["inspect", "--token-file", at("token.jwt"), "--jwks", at("jwks.json"), ...pinned]);
  child.stdout.destroy();
  let errors = "";
  child.stderr.on("data", (chunk) => (errors += chunk));
  const [status] = await once(child, "close");
  assert.deepEqual([status, errors], [0, ""]);
});

test("samples: writes once, says what to try, and leaves other files alone", () => {
  const folder = at("a folder");
  const first = run(["samples", folder]);
  assert.equal(first.status, 0, first.stderr);
  const commands = first.stdout.split("\n").filter((line) => line.startsWith("  circleci-oidc "));
  assert.equal(commands.length, 8);
  const statuses = commands.map((line) => {
    const args = line.trim().match(/'[^']*'|\S+/g).slice(1).map((word) => word.replace(/^'|'$/g, ""));
    return run(args).status;
  });
  assert.deepEqual(statuses, [0, 1, 1, 1, 1, 1, 1, 0]);
  assert.equal(run(["samples", folder]).status, 0, "its own files may stay");
  writeFileSync(join(folder, "jwks.json"), "mine");
  const { status, stderr } = run(["samples", folder]);
  assert.equal(status, 2);
  assert.match(stderr, /jwks\.json: there is another file of this name/);
  assert.equal(readFileSync(join(folder, "jwks.json"), "utf8"), "mine");
  assert.equal(run(["samples", join(folder, "jwks.json")]).status, 2, "a file in place of the folder");
  assert.equal(run(["samples"]).status, 2);
  assert.equal(run(["samples", "a", "b"]).status, 2);
});
