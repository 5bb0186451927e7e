import { type Document, LineCounter, type Node, Scalar, YAMLMap, YAMLSeq, isMap, isScalar, isSeq, parseAllDocuments } from "yaml";

import { Problem, quoted } from "../problem.js";
import type { Mapping, Member, Value } from "./value.js";

/** Bytes of UTF-8. */
const LARGEST = 1024 * 1024;
const DEPTH = 64;
const TOO_DEEP = `nested deeper than ${DEPTH} levels`;
/** Booleans for YAML 1.1, text for YAML 1.2: whoever wrote one meant one of the two. */
const AMBIGUOUS = /^(?:y|n|yes|no|on|off)$/i;

/**
 * Reads one YAML 1.2 document with its core schema, or JSON, which is YAML too.
 *
 * Refused is what two people read differently: names that occur twice, unquoted numbers that would change (0123, 1e3),
 * yes and no, tags; and what lets a small text grow: aliases, with them merge keys. `name`: the file, for messages.
 */
export function readYaml(text: string, name: string): Value {
  if (Buffer.byteLength(text) > LARGEST) throw new Problem(`${name}: more than ${LARGEST / 1024 / 1024} MiB`);
  const lines = new LineCounter();
  const [document, ...more] = parse(text, lines, name);
  if (document === undefined || document.contents === null) throw new Problem(`${name}: there is nothing in it`);
  const reader = new Reader(name, (offset) => lines.linePos(offset).line);
  const [mistake] = [...document.errors, ...document.warnings];
  // The library catches its own overflow of the stack.
  if (mistake !== undefined) throw reader.refuse(mistake.pos[0], /call stack/.test(mistake.message) ? TOO_DEEP : mistake.message);
  const { explicit, version } = document.directives!.yaml;
  if (explicit && version !== "1.2") throw reader.refuse(0, `written for YAML ${quoted(version)}; it is read as YAML 1.2`);
  if (more.length > 0) throw reader.refuse(more[0]!.range[0], "a second document begins");
  return reader.value(document.contents, 0);
}

function parse(text: string, lineCounter: LineCounter, name: string): Document.Parsed[] {
  try {
    // Repeated names are looked for below: the library compares every name with every other one.
    const documents = parseAllDocuments(text, { version: "1.2", schema: "core", strict: true, uniqueKeys: false, merge: false, lineCounter, prettyErrors: false });
    return Array.isArray(documents) ? documents : [];
  } catch (error) {
    if (error instanceof RangeError) throw new Problem(`${name}: ${TOO_DEEP}`);
    throw error;
  }
}

class Reader {
  constructor(
    private readonly name: string,
    private readonly lineOf: (offset: number) => number,
  ) {}

  value(node: Node, depth: number): Value {
    const [start] = node.range!;
    if (depth > DEPTH) throw this.refuse(start, TOO_DEEP);
    const tagged = node as { anchor?: string; tag?: string };
    if (tagged.anchor !== undefined) throw this.refuse(start, "an anchor (&); only for aliases, which are not taken");
    if (tagged.tag !== undefined) throw this.refuse(start, "a tag (!); write the value so that it needs none");
    if (isMap(node)) return this.mapping(node, start, depth);
    if (isSeq(node)) return { kind: "list", items: (node as YAMLSeq<Node>).items.map((item) => this.value(item, depth + 1)), line: this.lineOf(start) };
    if (isScalar(node)) return this.scalar(node, start);
    throw this.refuse(start, "an alias (*); write the value out");
  }

  private mapping(node: YAMLMap, start: number, depth: number): Mapping {
    const members = new Map<string, Member>();
    for (const { key, value } of node.items as { key: Node; value: Node | null }[]) {
      const [at] = key.range!;
      const name = this.memberName(key, at);
      if (members.has(name)) throw this.refuse(at, `${quoted(name)} is there twice`);
      const line = this.lineOf(at);
      members.set(name, { line, value: value === null ? { kind: "null", value: null, line } : this.value(value, depth + 1) });
    }
    return { kind: "mapping", members, line: this.lineOf(start) };
  }

  /** A name is text, however YAML would read it as a value. */
  private memberName(key: Node, at: number): string {
    const tagged = key as { anchor?: string; tag?: string };
    if (!isScalar(key) || tagged.anchor !== undefined || tagged.tag !== undefined) throw this.refuse(at, "a name has to be plain text");
    return key.type === Scalar.PLAIN ? key.source! : String(key.value);
  }

  private scalar(node: Scalar, start: number): Value {
    const line = this.lineOf(start);
    const { value, type, source } = node;
    if (typeof value === "string") {
      if (type === Scalar.PLAIN && AMBIGUOUS.test(value)) {
        throw this.refuse(start, `${value}: a boolean for some readers of YAML, text for others; write true or false, or use quotes`);
      }
      return { kind: "text", value, line };
    }
    if (typeof value === "number") {
      if (String(value) !== source) throw this.refuse(start, `${quoted(source ?? "")}: as a number this is ${value}; for text use quotes`);
      return { kind: "number", value, line };
    }
    if (typeof value === "boolean") return { kind: "boolean", value, line };
    return { kind: "null", value: null, line };
  }

  refuse(offset: number, message: string): Problem {
    return new Problem(`${this.name}:${this.lineOf(offset)}: ${message}`);
  }
}
