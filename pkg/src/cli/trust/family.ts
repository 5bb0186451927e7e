import type { Trust } from "circleci-oidc";

import type { Shape } from "../yaml/shape.js";
import type { Value } from "../yaml/value.js";
import type { OptionName, Options } from "../options.js";

/** What the command line knows of one provider: its file in this folder has nothing of another one. */
export interface Family<T extends Trust = Trust> {
  provider: T["provider"];
  /** Every option, the one that names configurations first. */
  options: readonly [OptionName, ...OptionName[]];
  /** By member of the configuration object: the option that gives it. The configuration itself first. */
  members: Readonly<Record<string, OptionName>>;
  /** Members whose document tells enough of the configuration to stand in its place. */
  tells: readonly string[];
  /** What one configuration is called. */
  thing: string;
  /** What to give where there is none. */
  advice: string;
  /** Only with this in it is it told whom a configuration is about that the cloud would not store. */
  parties: RegExp;
  /** A configuration with this in it says itself what it is called. */
  named: RegExp;
  /** The configurations that the options give, each with its file. */
  read(options: Options): Promise<{ file: string; trust: T }[]>;
  /** Its members in a file of cases, the one that names the configuration first. */
  cases: readonly [string, ...string[]];
  /** Reads one configuration of a file of cases. `what`: how messages call it. */
  readCase(shape: Shape, name: string, value: Value, what: string): T;
}

/** The name of the member that is the configuration itself. */
export function mainMember(family: Family): string {
  return Object.keys(family.members)[0]!;
}

/** The configuration itself, as text where it came from a document; `null` where a plan does not tell it. */
export function configurationIn(family: Family, trust: Trust): string | object | null {
  return (trust as unknown as Record<string, string | object | null>)[mainMember(family)] ?? null;
}
