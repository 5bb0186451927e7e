// Misuse: an error with a code and the path of the argument, and never another kind of error.
import assert from "node:assert/strict";
import { test } from "node:test";
import { runInNewContext } from "node:vm";

import { imported as api } from "./installed.mjs";

const policy = { Version: "2012-10-17", Statement: [] };
const cycle = {};
cycle.self = { again: cycle };
let deep = {};
for (let level = 0; level < 70; level += 1) deep = { deep };
// 2^40 leaves behind 40 objects.
let wide = ["x"];
for (let level = 0; level < 40; level += 1) wide = [wide, wide];

const rows = [
  ["NaN", () => api.verify("t", { now: NaN }), "ERR_ARGUMENT", "options.now: NaN"],
  ["infinity", () => api.inspect({ token: "t", leeway: -Infinity }), "ERR_ARGUMENT", "leeway: -Infinity"],
  ["NaN deep in claims", () => api.evaluate({ list: [1, { n: NaN }] }, { provider: "aws", policy }), "ERR_ARGUMENT", "claims.list[1].n: NaN"],
  ["a big integer", () => api.verify("t", { now: 1n }), "ERR_ARGUMENT", "options.now: expected plain data, got a bigint"],
  ["a function", () => api.verify("t", { require: { sub: () => true } }), "ERR_ARGUMENT", "options.require.sub: expected plain data, got a function"],
  ["a symbol", () => api.detect(Symbol("x")), "ERR_ARGUMENT", "text: expected plain data, got a symbol"],
  ["a member named by a symbol", () => api.verify("t", { [Symbol("now")]: 1 }), "ERR_ARGUMENT", "options: a member is named by a symbol"],
  ["toJSON is not called", () => api.verify("t", { now: { toJSON: () => 1 } }), "ERR_ARGUMENT", "options.now.toJSON: expected plain data"],
  ["a Date", () => api.verify("t", { now: new Date() }), "ERR_ARGUMENT", "options.now: expected plain data, got an object of the class Date"],
  ["a Map", () => api.evaluate(new Map([["sub", "x"]]), { provider: "aws", policy }), "ERR_ARGUMENT", "claims: expected plain data, got an object of the class Map"],
  ["a boxed string", () => api.decode(new String("x")), "ERR_ARGUMENT", "token: expected plain data, got an object of the class String"],
  ["bytes", () => api.decode(new Uint8Array(3)), "ERR_ARGUMENT", "token: expected plain data, got an object of the class Uint8Array"],
  ["options with a class", () => api.verify("t", new (class Options {})()), "ERR_ARGUMENT", "options: expected plain data, got an object of the class Options"],
  ["a hole in a list", () => api.verify("t", { audience: ["a", , "b"] }), "ERR_ARGUMENT", "options.audience[1]: expected a value, got undefined"],
  ["a cycle", () => api.evaluate(cycle, { provider: "aws", policy }), "ERR_ARGUMENT", "claims.self.again: the object contains itself"],
  ["half a surrogate pair", () => api.decode("a\ud83d"), "ERR_ARGUMENT", "token: the string is not well-formed"],
  ["the other half", () => api.detect("\ude00a"), "ERR_ARGUMENT", "text: the string is not well-formed"],
  ["half a pair in a name", () => api.evaluate({ "a\udc00": 1 }, { provider: "aws", policy }), "ERR_ARGUMENT", "not well-formed"],
  ["a getter that throws", () => api.verify("t", { get now() { throw new RangeError("mine"); } }), "ERR_ARGUMENT", "threw an error"],
  ["a revoked proxy", () => api.inspect(revoked()), "ERR_ARGUMENT", "threw an error"],
  ["nested too deep", () => api.evaluate(deep, { provider: "aws", policy }), "ERR_TOO_LARGE", "nested deeper than 64 levels"],
  ["few objects, endless text", () => api.evaluate({ wide }, { provider: "aws", policy }), "ERR_TOO_LARGE", "the arguments have more than"],
  ["a very long string", () => api.decode("x".repeat(64 * 1024 * 1024)), "ERR_TOO_LARGE", "the arguments have more than"],
  ["nothing", () => api.inspect(), "ERR_ARGUMENT", ""],
  ["null", () => api.inspect(null), "ERR_ARGUMENT", "expected an object, got null"],
  ["a list in place of options", () => api.inspect([]), "ERR_ARGUMENT", "expected an object, got an array"],
  ["no token", () => api.decode(), "ERR_ARGUMENT", "token: is missing"],
  ["a number in place of a token", () => api.decode(42), "ERR_ARGUMENT", "token: expected a string, got a number"],
  ["options that are null", () => api.verify("t", null), "ERR_ARGUMENT", "options: expected an object, got null"],
  ["neither token nor claims", () => api.inspect({}), "ERR_ARGUMENT", "exactly one of token and claims"],
  ["both", () => api.inspect({ token: "t", claims: {} }), "ERR_ARGUMENT", "exactly one of token and claims"],
  ["a misspelt option", () => api.verify("t", { audiance: "x" }), "ERR_ARGUMENT", "options.audiance: unknown member"],
  ["redact with a misspelt option", () => api.redact("a.b.c", { id: false }), "ERR_ARGUMENT", "options.id: unknown member"],
];

function revoked() {
  const { proxy, revoke } = Proxy.revocable({}, {});
  revoke();
  return proxy;
}

for (const [name, call, code, words] of rows) {
  test(name, () => {
    assert.throws(call, (error) => {
      assert.ok(error instanceof api.CircleciOidcError, String(error));
      assert.ok(error instanceof Error);
      assert.equal(error.name, "CircleciOidcError");
      assert.equal(error.code, code, error.message);
      assert.ok(error.message.includes(words), error.message);
      return true;
    });
  });
}

test("verify without options pins nothing, so that nothing is valid", () => {
  assert.notEqual(api.verify(api.samples().token).verdict, "valid");
});

test("data from another realm is plain data", () => {
  const claims = runInNewContext("({ iss: 'x', list: [1] })");
  assert.equal(api.evaluate(claims, { provider: "aws", policy }).provider, "aws");
});

test("an object without a prototype is plain data, and so is one that is used twice", () => {
  const shared = Object.assign(Object.create(null), { a: 1 });
  assert.equal(api.evaluate({ one: shared, two: shared }, { provider: "aws", policy }).provider, "aws");
});

test("a claim named __proto__ is a claim", () => {
  const claims = JSON.parse('{"__proto__":{"polluted":true}}');
  api.evaluate(claims, { provider: "aws", policy });
  assert.equal({}.polluted, undefined);
});
