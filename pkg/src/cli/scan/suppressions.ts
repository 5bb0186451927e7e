import { CODES } from "../codes.js";
import { readTextFile } from "../input.js";
import { quoted } from "../problem.js";
import { readYaml } from "../yaml/read.js";
import { Shape } from "../yaml/shape.js";
import type { Value } from "../yaml/value.js";
import { matches } from "./glob.js";

/** A finding that somebody has looked at and lives with for a while. */
export interface Suppression {
  code: string;
  /** Address or name of a resource; `*` stands for any characters. */
  resource: string;
  reason: string;
  /** The last day, in UTC: 2026-12-31. */
  expires: string;
  line: number;
}

/** The suppressions of one file, and which of them were met. */
export class Suppressions {
  private readonly met = new Set<Suppression>();

  /** `today`: 2026-12-31. */
  constructor(
    private readonly file: string,
    private readonly entries: readonly Suppression[],
    private readonly today: string,
  ) {}

  /** The one that holds for a finding; an expired one does not. */
  find(code: string, names: readonly string[]): Suppression | undefined {
    const fitting = this.entries.filter((one) => one.code === code && names.some((name) => matches(one.resource, name)));
    for (const one of fitting) this.met.add(one);
    return fitting.find((one) => !this.isExpired(one));
  }

  /** What to tidy up: said at the end, when every resource was seen. */
  remarks(): string[] {
    return this.entries.flatMap((one) => {
      const what = `${this.file}:${one.line}: the suppression of ${one.code} for ${quoted(one.resource)}`;
      if (this.isExpired(one)) return [`${what} expired on ${one.expires} and does not count`];
      return this.met.has(one) ? [] : [`${what} met nothing`];
    });
  }

  private isExpired({ expires }: Suppression): boolean {
    return expires < this.today;
  }
}

const MEMBERS = ["code", "resource", "reason", "expires"] as const;

/** Reads a file of suppressions, YAML or JSON: a list of code, resource, reason and expires. */
export function readSuppressions(path: string, today: string): Suppressions {
  const shape = new Shape(quoted(path));
  const { items } = shape.list(readYaml(readTextFile(shape.file, path), shape.file), "the file");
  return new Suppressions(shape.file, items.map((item) => entry(shape, item)), today);
}

function entry(shape: Shape, value: Value): Suppression {
  const what = "suppression";
  const members = shape.members(value, what, MEMBERS);
  const text = (name: (typeof MEMBERS)[number]) => {
    const member = members[name];
    if (member === undefined) throw shape.refuse(value.line, `${what}: ${name} is missing`);
    return shape.text(member.value, `${what}, ${name}`);
  };
  const expires = text("expires");
  const date = new Date(`${expires}T00:00:00Z`);
  // 30 February is no Date's mistake.
  if (Number.isNaN(date.getTime()) || date.toISOString().slice(0, 10) !== expires) {
    throw shape.refuse(members.expires!.value.line, `${what}, expires: expected a date like 2026-12-31, got ${quoted(expires)}`);
  }
  const code = text("code");
  if (!CODES.has(code)) throw shape.refuse(members.code!.value.line, `${what}, code: there is no code ${quoted(code)}`, "docs/codes.md lists them.");
  return { code, resource: text("resource"), reason: text("reason"), expires, line: value.line };
}
