import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";

import { check, merge, tables } from "./cases.mjs";
import { imported, required, root } from "./installed.mjs";

for (const [way, api] of [["import", imported], ["require", required]]) {
  for (const table of tables(join(root, "tests/cases"))) {
    test(`${way}: ${table.name}`, () => {
      assert.ok(table.cases.length > 0, "a table without cases checks nothing");
      const failures = table.cases.flatMap((one) => check(api, table, one).map((why) => `${one.name}: ${why}`));
      assert.deepEqual(failures, []);
    });
  }
}

test("a patch is merged as RFC 7396 says (its appendix A)", () => {
  assert.deepEqual(merge({ a: "b", c: { d: "e", f: "g" } }, { a: "z", c: { f: null } }), { a: "z", c: { d: "e" } });
  assert.deepEqual(merge({ a: [{ b: "c" }] }, { a: [1] }), { a: [1] });
  assert.deepEqual(merge({}, { a: { bb: { ccc: null } } }), { a: { bb: {} } });
});
