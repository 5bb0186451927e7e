// What the built files must not hold, so that they run under a strict Content-Security-Policy, and that only the one entry
// that is for it uses the network.
const NOWHERE = {
  XMLHttpRequest: /\bXMLHttpRequest\b/,
  WebSocket: /\bWebSocket\b/,
  "eval(": /\beval\s*\(/,
  "new Function": /\bnew\s+Function\b|\bFunction\s*\(/,
  "import(": /\bimport\s*\(/,
  "import.meta.url": /\bimport\.meta\b/,
};
/** Only the command line is for Node alone. */
const NOT_IN_A_BROWSER = { "node:": /["']node:/, "process.": /\bprocess\./, "require(": /\brequire\s*\(/ };

const NETWORK = { "fetch(": /\bfetch\s*\(/ };
const WASM = { WebAssembly: /\bWebAssembly\b/ };

/** The rules for one file. */
function rulesFor(name) {
  if (name === "cli.js") {
    // It stays a file of its own, with core.wasm beside it.
    const { "import.meta.url": _, ...others } = NOWHERE;
    return { ...others, ...NETWORK };
  }
  if (name.startsWith("jwks.")) return { ...NOWHERE, ...NOT_IN_A_BROWSER, ...WASM };
  return { ...NOWHERE, ...NOT_IN_A_BROWSER, ...NETWORK };
}

/** The names of what a built file holds although it must not. */
export function forbidden(name, code) {
  // The wasm module's base64 is data: letters that happen to spell a name mean nothing.
  const source = code.replace(/"[A-Za-z0-9+/=]{1000,}"/g, '""');
  return Object.entries(rulesFor(name)).filter(([, pattern]) => pattern.test(source)).map(([what]) => what);
}
