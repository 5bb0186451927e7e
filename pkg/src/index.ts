// First, so that the packed module does not part the code: gzip looks back 32 KiB, and it is longer.
import "virtual:payload";

import type * as Contract from "../types/index.js";
import { type Clock, toJson } from "./argument.js";
import { call, text } from "./core.js";
import { CircleciOidcError } from "./error.js";

export { CircleciOidcError } from "./error.js";

export const inspect: typeof Contract.inspect = (input) => parse(call("inspect", toJson(input, systemClock(""))));

export const decode: typeof Contract.decode = (token) => parse(call("decode", toJson({ token })));

export const verify: typeof Contract.verify = (token, options = {}) =>
  parse(call("verify", toJson({ token, options }, systemClock("options"))));

export const evaluate: typeof Contract.evaluate = (claims, trust, options) =>
  parse(call("evaluate", toJson({ claims, trust, options })));

export const lint: typeof Contract.lint = (trust) => parse(call("lint", toJson({ trust })));

export const survey: typeof Contract.survey = (trust) => parse(call("survey", toJson({ trust })));

export const claimsFrom: typeof Contract.claimsFrom = (text) => parse(call("claimsFrom", toJson({ text })));

export const trustsFrom: typeof Contract.trustsFrom = (text) => parse(call("trustsFrom", toJson({ text })));

export const detect: typeof Contract.detect = (text) => parse(call("detect", toJson({ text })));

export const redact: typeof Contract.redact = (token, options) => parse(call("redact", toJson({ token, options })));

export const samples: typeof Contract.samples = () => parse(call("samples", "{}"));

export const formatText: typeof Contract.formatText = (name, argument, options) => {
  const { color } = plainOptions(options);
  if (typeof color !== "boolean") throw new CircleciOidcError("ERR_ARGUMENT", "options.color: expected a boolean");
  switch (name) {
    case "inspect":
      return text(name, toJson(argument, systemClock("")), color);
    case "verify":
      return text(name, toJson(argument, systemClock("options")), color);
    case "decode":
    case "evaluate":
      return text(name, toJson(argument), color);
    default:
      throw new CircleciOidcError("ERR_ARGUMENT", "name: expected inspect, decode, verify or evaluate");
  }
};

/** Read once, as data: whatever else the caller's object does is refused. */
function plainOptions(options: unknown): { color: unknown } {
  const { options: read = {} } = parse<{ options?: { color?: unknown } }>(toJson({ options }));
  return { color: read?.color ?? false };
}

/** The core has no clock; where the caller names no time, it is the system's, in whole seconds. */
function systemClock(path: string): Clock {
  return { path, now: Math.floor(Date.now() / 1000) };
}

function parse<T>(json: string): T {
  return JSON.parse(json) as T;
}
