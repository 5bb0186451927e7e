#!/usr/bin/env node
import { CircleciOidcError } from "circleci-oidc";

import { COMMANDS } from "./commands.js";
import { loadCore } from "./core.js";
import { type Status, FINE, USAGE } from "./exit.js";
import { helpOf, overview } from "./help.js";
import { labelOf, labelOfSize } from "./input.js";
import { OPTIONS, parse } from "./options.js";
import { complain, print, tolerateClosedPipes } from "./output.js";
import { Problem } from "./problem.js";
import { refuseTokens } from "./secret.js";
import { inOptions } from "./trust/index.js";
import { VERSION } from "./version.js";

async function main(args: string[]): Promise<Status> {
  refuseTokens(args);
  const [name, ...rest] = args;
  if (name === "--version") return print(`circleci-oidc ${VERSION}`), FINE;
  if (name === "--help" || name === "-h") return print(overview()), FINE;
  const command = name !== undefined && Object.hasOwn(COMMANDS, name) ? COMMANDS[name]! : undefined;
  if (name === undefined || command === undefined) {
    const shown = name !== undefined && /^-{0,2}[a-z][a-z-]{0,20}$/i.test(name) ? ` ${name}` : "";
    const what = name === undefined ? "say what to do" : name.startsWith("-") ? "the command comes first, then its options" : `unknown command${shown}`;
    throw new Problem(what, `Commands: ${Object.keys(COMMANDS).join(", ")}. More: circleci-oidc --help`);
  }
  if (rest.includes("--help") || rest.includes("-h")) return print(helpOf(name)), FINE;
  const options = parse(rest, command.options);
  if (command.positionals === undefined && options.positionals.length > 0) {
    throw new Problem(
      "there is an argument that belongs to no option; it is not repeated here, in case it is a token",
      `See circleci-oidc ${name} --help.`,
    );
  }
  try {
    loadCore();
    return await command.run(options);
  } catch (error) {
    throw error instanceof CircleciOidcError ? problemOf(error) : error;
  }
}

function problemOf({ code, message }: CircleciOidcError): Problem {
  if (code === "ERR_WASM") return new Problem(message, "Node 20 or later runs WebAssembly; a flag such as --jitless switches it off.");
  if (code !== "ERR_TOO_LARGE") return new Problem(inWordsOfOptions(message));
  // The core says how large what is, and not which file that was.
  const label = labelOfSize(Number(/ has (\d+) bytes;/.exec(message)?.[1]));
  return new Problem(label === undefined ? message : `${label}: ${message}`, message.startsWith("the evidence ") ? "Give a part of it, for example the last: tail -c 4000000 FILE > part.log" : undefined);
}

/** The core names arguments of the JavaScript interface; here they came from options. */
function inWordsOfOptions(message: string): string {
  return message
    .replace(/^trust(?:\[(\d+)\])?\.([a-zA-Z]+)(?=[:.[])/, (path, index, member) => inOptions(member, index === undefined ? undefined : Number(index)) ?? path)
    .replace(/^(?:options\.)?algorithms(?=[:.[])/, "--algorithm")
    .replace(/^(?:options\.)?([a-z]+)([:.[])/, (path, name, next) => {
      const label = labelOf(name);
      if (label === undefined || next === "[") return Object.hasOwn(OPTIONS, name) ? `--${name}${next}` : path;
      return next === "." ? `${label}: ` : `${label}:`;
    });
}

tolerateClosedPipes();
try {
  // Not process.exit: that would cut off what a pipe has not taken yet.
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const advice = error instanceof Problem ? error.advice : undefined;
  complain(`circleci-oidc: ${error instanceof Error ? error.message : String(error)}${advice === undefined ? "" : `\n${advice}`}`);
  process.exitCode = USAGE;
}
