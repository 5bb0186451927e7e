// The examples in JavaScript of the package's README.
import { readFileSync } from "node:fs";
import { join } from "node:path";

import { packageFolder } from "./installed.mjs";

/** Each with the heading above it. */
export function examples() {
  const text = readFileSync(join(packageFolder, "README.md"), "utf8");
  const found = [];
  let title = "";
  for (const [, heading, code] of text.matchAll(/^#+ (.+)$|^```js\n([^]*?)^```$/gm)) {
    if (heading) title = heading;
    else found.push({ title, code });
  }
  return found;
}
