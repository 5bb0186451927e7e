/** What a YAML text holds, with the lines where it stands. */
export type Value = Scalar | List | Mapping;

export interface Scalar {
  kind: "text" | "number" | "boolean" | "null";
  value: string | number | boolean | null;
  /** From 1. */
  line: number;
}

export interface List {
  kind: "list";
  items: Value[];
  line: number;
}

export interface Mapping {
  kind: "mapping";
  members: Map<string, Member>;
  line: number;
}

export interface Member {
  value: Value;
  /** Of its name. */
  line: number;
}

const WORDS: Record<Value["kind"], string> = {
  text: "text",
  number: "a number",
  boolean: "a boolean",
  null: "nothing",
  list: "a list",
  mapping: "a mapping",
};

/** For messages. */
export function kindOf({ kind }: Value): string {
  return WORDS[kind];
}

/** As JSON has it. */
export function plain(value: Value): unknown {
  switch (value.kind) {
    case "list":
      return value.items.map(plain);
    case "mapping":
      return Object.fromEntries([...value.members].map(([name, member]) => [name, plain(member.value)]));
    default:
      return value.value;
  }
}
