import type * as Contract from "../types/index.js";
import { type Clock, toJson } from "./argument.js";
import { call } from "./core.js";

export { CircleciOidcError } from "./error.js";

export const inspect: typeof Contract.inspect = (input) => parse(call("inspect", toJson(input, systemClock())));

export const decode: typeof Contract.decode = (token, options) => parse(call("decode", toJson({ token, options })));

export const verify: typeof Contract.verify = (token, options = {}) =>
  parse(call("verify", toJson({ token, options }, systemClock("options"))));

export const evaluate: typeof Contract.evaluate = (claims, trust, options) =>
  parse(call("evaluate", toJson({ claims, trust, options })));

export const decide: typeof Contract.decide = (claims, trust, options) =>
  parse(call("decide", toJson({ claims, trust, options })));

export const lint: typeof Contract.lint = (trust, options) => parse(call("lint", toJson({ trust, options })));

export const survey: typeof Contract.survey = (trust, options) => parse(call("survey", toJson({ trust, options })));

export const claimsFrom: typeof Contract.claimsFrom = (text) => parse(call("claimsFrom", toJson({ text })));

export const trustsFrom: typeof Contract.trustsFrom = (text) => parse(call("trustsFrom", toJson({ text })));

export const detect: typeof Contract.detect = (text) => parse(call("detect", toJson({ text })));

export const explainError: typeof Contract.explainError = (text) => parse(call("explainError", toJson({ text })));

export const redact: typeof Contract.redact = (token, options) => parse(call("redact", toJson({ token, options })));

export const samples: typeof Contract.samples = () => parse(call("samples", "{}"));

/** The core has no clock; where the caller names no time, it is the system's, in whole seconds. */
function systemClock(...path: string[]): Clock {
  return { path, now: Math.floor(Date.now() / 1000) };
}

function parse<T>(json: string): T {
  return JSON.parse(json) as T;
}
