// Loaded before the command line: a network of the answers in ANSWERS, that writes what it was asked to the file ASKED.
import { appendFileSync } from "node:fs";

const answers = JSON.parse(process.env.ANSWERS);
globalThis.fetch = async (address) => {
  appendFileSync(process.env.ASKED, `${address}\n`);
  if (answers === null) throw new TypeError("fetch failed", { cause: Object.assign(new Error("secret"), { code: "ENOTFOUND" }) });
  return address in answers ? Response.json(answers[address]) : new Response("", { status: 404 });
};
