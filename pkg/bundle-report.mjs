// What the built files must not hold, so that they run under a strict Content-Security-Policy and never use the network.
const NOWHERE = {
  "fetch(": /\bfetch\s*\(/,
  XMLHttpRequest: /\bXMLHttpRequest\b/,
  WebSocket: /\bWebSocket\b/,
  "eval(": /\beval\s*\(/,
  "new Function": /\bnew\s+Function\b|\bFunction\s*\(/,
  "import(": /\bimport\s*\(/,
  "import.meta.url": /\bimport\.meta\b/,
};
/** Only the command line is for Node alone. */
const NOT_IN_A_BROWSER = { "node:": /["']node:/, "process.": /\bprocess\./, "require(": /\brequire\s*\(/ };

/** The names of what a built file holds although it must not. */
export function forbidden(name, code) {
  // The wasm module's base64 is data: letters that happen to spell a name mean nothing.
  const source = code.replace(/"[A-Za-z0-9+/=]{1000,}"/g, '""');
  const rules = Object.entries(name === "cli.js" ? NOWHERE : { ...NOWHERE, ...NOT_IN_A_BROWSER });
  return rules.filter(([, pattern]) => pattern.test(source)).map(([what]) => what);
}
