import { Problem, quoted } from "../problem.js";
import { type List, type Mapping, type Member, type Value, kindOf } from "./value.js";

/** Takes a file apart into the shape that it has to have; what is wrong is told with its line. */
export class Shape {
  /** `file`: for messages. */
  constructor(readonly file: string) {}

  /** `what`: what the value is, for messages. */
  mapping(value: Value, what: string): Mapping {
    if (value.kind !== "mapping") throw this.unexpected(value, what, "a mapping");
    return value;
  }

  list(value: Value, what: string): List {
    if (value.kind !== "list") throw this.unexpected(value, what, "a list");
    return value;
  }

  text(value: Value, what: string): string {
    if (value.kind !== "text" || value.value === "") throw this.unexpected(value, what, "text");
    return value.value as string;
  }

  boolean(value: Value, what: string): boolean {
    if (value.kind !== "boolean") throw this.unexpected(value, what, "true or false");
    return value.value as boolean;
  }

  oneOf<Name extends string>(value: Value, what: string, names: readonly Name[]): Name {
    const known = value.kind === "text" ? names.find((name) => name === value.value) : undefined;
    if (known === undefined) throw this.unexpected(value, what, names.join(", "));
    return known;
  }

  /** The members of a mapping that may have no others. */
  members<Name extends string>(value: Value, what: string, names: readonly Name[]): Partial<Record<Name, Member>> {
    const { members } = this.mapping(value, what);
    for (const [name, { line }] of members) {
      if (!names.some((known) => known === name)) throw this.refuse(line, `${what}: unknown member ${quoted(name)}`, `It takes ${names.join(", ")}.`);
    }
    return Object.fromEntries(members) as Partial<Record<Name, Member>>;
  }

  refuse(line: number, message: string, advice?: string): Problem {
    return new Problem(`${this.file}:${line}: ${message}`, advice);
  }

  private unexpected(value: Value, what: string, expected: string): Problem {
    const given = value.kind === "text" ? (value.value === "" ? "an empty text" : quoted(String(value.value))) : kindOf(value);
    return this.refuse(value.line, `${what}: expected ${expected}, got ${given}`);
  }
}
