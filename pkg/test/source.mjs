// A module of the package's sources, for tests of what the package does not hand out.
import { join } from "node:path";
import { build } from "esbuild";

import { root } from "./installed.mjs";

export async function source(path) {
  const { outputFiles } = await build({ entryPoints: [join(root, "pkg", path)], bundle: true, write: false, format: "esm", platform: "node" });
  return import(`data:text/javascript,${encodeURIComponent(outputFiles[0].text)}`);
}
