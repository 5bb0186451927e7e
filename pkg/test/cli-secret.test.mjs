// A token is a live credential: it is no argument, and its signature is in no output.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { test } from "node:test";

import { at, pinned, run, samples } from "./cli.mjs";

const token = samples.token;
const signature = token.split(".")[2];

const refused = [
  ["alone", [token]],
  ["after a command", ["inspect", token]],
  ["as a value of --token", ["decode", "--token", token]],
  ["as --token=…", ["decode", `--token=${token}`]],
  ["an option --token with anything", ["verify", "--token", "x"]],
  ["as the name of a variable", ["inspect", "--env", token]],
  ["as the name of a file", ["inspect", "--token-file", token]],
  ["as the name of a policy", ["inspect", "--aws", token]],
  ["as an option", ["inspect", `--${token}`]],
  ["with Bearer", ["inspect", `Bearer ${token}`]],
  ["its payload alone", ["decode", token.split(".")[1]]],
  ["as the folder of samples", ["samples", token]],
  ["with a header that does not start as usual", ["decode", `${Buffer.from('{\n "alg": "RS256" }').toString("base64url")}.${token.split(".").slice(1).join(".")}`]],
];
for (const [name, args] of refused) {
  test(`a token among the arguments is refused, and not repeated: ${name}`, () => {
    const { status, stdout, stderr } = run(args);
    assert.equal(status, 2);
    assert.equal(stdout, "");
    assert.match(stderr, /shell's history.*set -x.*process list/s);
    for (const part of [...token.split("."), token.slice(0, 30)]) assert.ok(!stderr.includes(part));
  });
}

test("an argument that belongs nowhere is not repeated: it might be a token of a form that nobody knows", () => {
  for (const args of [["inspect", "s3cr3t-value"], ["s3cr3t_value"], ["inspect", "--s3cr3t_value"], ["samples", "a", "s3cr3t-value"]]) {
    const { status, stdout, stderr } = run(args);
    assert.equal(status, 2);
    assert.ok(!`${stdout}${stderr}`.includes("s3cr3t"), stderr);
  }
});

const forms = {
  "the token": token,
  "with quotes": `"${token}"\n`,
  "with Bearer": `Bearer ${token}`,
  "a line before it": `CIRCLE_OIDC_TOKEN=${token}`,
  "a fourth part": `${token}.AAAAAAAAAAAAAAAA`,
  "the signature as a claim": `${token.split(".")[0]}.${Buffer.from(JSON.stringify({ sub: signature, iss: signature })).toString("base64url")}.${signature}`,
  "the signature as the key's id": `${Buffer.from(JSON.stringify({ alg: "RS256", kid: signature })).toString("base64url")}.${token.split(".")[1]}.${signature}`,
};
for (const [name, text] of Object.entries(forms)) {
  test(`no output holds a signature: ${name}`, () => {
    writeFileSync(at("secret.jwt"), text);
    for (const command of ["inspect", "decode", "verify"]) {
      for (const format of ["text", "json"]) {
        const options = command === "decode" ? [] : ["--jwks", at("jwks.json"), ...pinned];
        const { status, stdout, stderr } = run([command, "--token-file", at("secret.jwt"), ...options, "--format", format]);
        assert.ok([0, 1, 3].includes(status), stderr);
        assert.ok(!`${stdout}${stderr}`.includes(signature), `${command} ${format}`);
      }
    }
  });
}

test("a token in the place of another file is not quoted", () => {
  for (const option of ["--jwks", "--claims", "--aws", "--aws-provider"]) {
    const rest = option === "--claims" ? [] : ["--claims", at("claims.json")];
    const { stdout, stderr } = run(["inspect", ...rest, ...(option === "--aws-provider" ? ["--aws", at("one-project.json")] : []), option, at("token.jwt"), ...pinned]);
    assert.ok(!`${stdout}${stderr}`.includes(signature), option);
  }
});
