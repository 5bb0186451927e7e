import { type EvaluateOptions, claimsFrom } from "circleci-oidc";

import { quoted } from "../problem.js";
import { epochSeconds } from "../time.js";
import { readYaml } from "../yaml/read.js";
import type { Shape } from "../yaml/shape.js";
import { type Mapping, type Member, type Value, kindOf, plain } from "../yaml/value.js";
import { readNamed } from "./named.js";

/** The claims of one scenario. */
export interface Scenario {
  line: number;
  /** JSON text as the file has it, or what was written in the cases. */
  claims: string | Record<string, unknown>;
  options: Pick<EvaluateOptions, "now" | "alg" | "partial" | "derived" | "refused">;
}

const MEMBERS = ["file", "values", "evidence", "from", "set", "remove", "partial", "now"] as const;
const SOURCES = ["file", "values", "evidence", "from"] as const;
type Members = Partial<Record<(typeof MEMBERS)[number], Member>>;
/** The claims that are numbers in a token. Any other one that YAML reads as a number was meant as text. */
const TIMES = new Set(["iat", "exp", "nbf"]);

/** Reads every scenario. `from` names another one, wherever it stands. */
export function readScenarios(shape: Shape, value: Value): Map<string, Scenario> {
  const { members } = shape.mapping(value, "claims");
  const scenarios = new Map<string, Scenario>();
  const above = new Set<string>();
  const scenario = (name: string, line: number): Scenario => {
    const known = scenarios.get(name);
    if (known !== undefined) return known;
    const member = members.get(name);
    if (member === undefined) throw shape.refuse(line, `there are no claims ${quoted(name)}`);
    if (above.has(name)) throw shape.refuse(line, `claims ${quoted(name)}: made from themselves`);
    above.add(name);
    const read = new Reader(shape, `claims ${quoted(name)}`, member).read(scenario);
    scenarios.set(name, read);
    return read;
  };
  for (const [name, { line }] of members) scenario(name, line);
  return new Map([...members.keys()].map((name) => [name, scenarios.get(name)!]));
}

function isSame(after: Scenario["claims"], before: Scenario["claims"], name: string): boolean {
  return typeof after === "object" && typeof before === "object" && Object.hasOwn(after, name) && after[name] === before[name];
}

class Reader {
  private readonly given: Members;
  private readonly line: number;

  constructor(
    private readonly shape: Shape,
    private readonly what: string,
    { value, line }: Member,
  ) {
    this.given = shape.members(value, what, MEMBERS);
    this.line = line;
  }

  read(scenario: (name: string, line: number) => Scenario): Scenario {
    const { shape, what, line } = this;
    const { from, evidence, set, remove, partial, now } = this.given;
    const sources = SOURCES.filter((name) => this.given[name] !== undefined);
    if (sources.length !== 1) throw shape.refuse(line, `${what}: expected one of ${SOURCES.join(", ")}`);
    const base =
      from !== undefined ? scenario(shape.text(from.value, `${what}, from`), from.line) : evidence !== undefined ? this.evidence(evidence) : { claims: this.claims(), options: {} };
    const isChanged = set !== undefined || remove !== undefined;
    const claims = isChanged ? this.changed(base.claims) : base.claims;
    return {
      line,
      claims,
      options: {
        ...base.options,
        // The cloud refused the token of the evidence, not one that was made from it.
        refused: isChanged ? undefined : base.options.refused,
        // What the cases say themselves does not follow from the subject.
        derived: isChanged ? base.options.derived?.filter((name) => isSame(claims, base.claims, name)) : base.options.derived,
        ...(partial !== undefined && { partial: shape.boolean(partial.value, `${what}, partial`) }),
        ...(now !== undefined && { now: this.time(now) }),
      },
    };
  }

  /** What `--evidence` takes. */
  private evidence(member: Member): Pick<Scenario, "claims" | "options"> {
    const read = claimsFrom(this.named(member, "evidence"));
    if (read === null) throw this.shape.refuse(member.line, `${this.what}: this evidence tells nothing of a token`);
    const { claims, partial, derived, alg, refused } = read;
    return { claims, options: { partial, derived, alg, refused } };
  }

  private claims(): string | Record<string, unknown> {
    const { file, values } = this.given;
    if (values !== undefined) return this.values(values.value, `${this.what}, values`);
    return this.named(file!, "file");
  }

  /** The text of a file that the cases name. */
  private named(file: Member, member: string): string {
    return readNamed(this.shape, file, `${this.what}, ${member}`).text;
  }

  private values(value: Value, what: string): Record<string, unknown> {
    for (const [name, member] of this.shape.mapping(value, what).members) this.refuseAccidents(member.value, name, what);
    return plain(value) as Record<string, unknown>;
  }

  private refuseAccidents(value: Value, claim: string, what: string): void {
    const refuse = (advice: string) => this.shape.refuse(value.line, `${what}: ${quoted(claim)} is ${kindOf(value)}`, advice);
    if (value.kind === "null") throw refuse("To take a claim away, name it under remove.");
    if (value.kind === "number" && !TIMES.has(claim)) throw refuse("In a token it is text: put it in quotes.");
    const inside = value.kind === "list" ? value.items : value.kind === "mapping" ? [...value.members.values()].map((member) => member.value) : [];
    for (const item of inside) this.refuseAccidents(item, claim, what);
  }

  private changed(base: string | Record<string, unknown>): Record<string, unknown> {
    const { shape, what } = this;
    const { set, remove } = this.given;
    const claims = new Map(Object.entries(typeof base === "string" ? this.parsed(base) : base));
    for (const item of remove === undefined ? [] : shape.list(remove.value, `${what}, remove`).items) {
      const name = shape.text(item, `${what}, remove`);
      if (!claims.delete(name)) throw shape.refuse(item.line, `${what}, remove: there is no claim ${quoted(name)}`);
    }
    for (const [name, value] of Object.entries(set === undefined ? {} : this.values(set.value, `${what}, set`))) claims.set(name, value);
    return Object.fromEntries(claims);
  }

  /** As YAML, which JSON is: it refuses what changing the claims would lose, a name that occurs twice or a long number. */
  private parsed(text: string): Record<string, unknown> {
    const read = readYaml(text.replace(/^\ufeff/, ""), `${this.shape.file}:${this.line}: the base of ${this.what}`);
    return plain(this.shape.mapping({ ...read, line: this.line } as Mapping, this.what)) as Record<string, unknown>;
  }

  private time({ value, line }: Member): number {
    if (value.kind === "number") return value.value as number;
    return epochSeconds(this.shape.text(value, `${this.what}, now`), `${this.shape.file}:${line}: now`);
  }
}
