import { type Report, inspect } from "circleci-oidc";

export type Engine = Report["engine"];

/** Starts the core, which takes a moment, and says which it is. */
export function startEngine(): Engine {
  return inspect({ claims: {}, now: 0 }).engine;
}
