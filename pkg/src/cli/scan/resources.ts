import { basename } from "node:path";
import { CircleciOidcError, type FoundTrust, type Span, type Trust, detect, trustsFrom } from "circleci-oidc";

import { chunksOf, shown } from "../chunks.js";
import { NotJson, type Place } from "../split/grammar.js";
import { type Piece, Splitter } from "../split/splitter.js";
import { isNamed, mayHoldNone, seems } from "../trust/documents.js";
import { mainMember } from "../trust/family.js";
import { configurationOf, familyOf } from "../trust/index.js";

/** Of a text, from 1. */
export type Position = Pick<Place, "line" | "column">;

/** A configuration in a file. */
export interface Resource {
  path: string;
  /** The same for messages. */
  file: string;
  trust: Trust;
  /** ARN of a role, or address of a Terraform resource. */
  address: string;
  /** Of its policy. */
  at: Position | undefined;
  /** Where a remark about the policy points to, in the file. */
  position(at: Span | undefined): Position | undefined;
}

/** A part of a file that could not be read. */
export interface Unread {
  file: string;
  problem: string;
}

/** Every configuration in a file, `-` for standard input, of any size. A file that ends in a mistake gives what stands before it. */
export async function* resourcesOf(path: string): AsyncGenerator<Resource | Unread> {
  const splitter = new Splitter();
  const file = shown(path);
  let beginning: Uint8Array | undefined;
  let first: string | undefined;
  let isKnown = false;
  const mounts: Piece[] = [];
  const roles: Resource[] = [];
  const read = function* (piece: Piece): Generator<Resource | Unread> {
    first ??= piece.text;
    const found = [...resourcesIn(piece, path)];
    for (const one of found) {
      if (one === undefined) continue;
      if (isWithoutMount(one)) roles.push(one);
      else yield one;
    }
    if (found.length === 0 && isMount(piece.text)) mounts.push(piece);
    isKnown ||= found.length > 0 || mayHoldNone(piece.text);
  };
  try {
    for await (const chunk of chunksOf(path)) {
      beginning ??= chunk;
      for (const piece of splitter.push(chunk)) yield* read(piece);
    }
    for (const piece of splitter.end()) yield* read(piece);
    // Of several it is not known whose each is.
    yield* mounts.length === 1 ? roles.map((role) => mounted(role, mounts[0]!)) : roles;
    if (first === undefined) yield { file, problem: `${file}: there is nothing in it` };
    else if (!isKnown) yield { file, problem: `${file}: no configuration was found in it; it seems to be ${seems(first)}` };
  } catch (error) {
    yield* roles;
    if (!(error instanceof NotJson)) throw error;
    const { line, offset } = error.place;
    const before = first === undefined ? nameOf(beginning!) : ". What stands before was read";
    yield { file, problem: `${file}:${line} (byte ${offset + 1}): not JSON that can be read: ${error.message}${before}` };
  }
}

/** What a text is that does not even begin as JSON does, where that is known: Terraform's configuration, YAML. */
function nameOf(beginning: Uint8Array): string {
  const detected = detect(new TextDecoder().decode(beginning));
  return isNamed(detected) ? `. It seems to be ${detected.what}. ${detected.advice.replace(/\.$/, "")}` : "";
}

/** Whether a text is the configuration of Vault's mount, which `vault read` prints apart from its roles. */
function isMount(text: string): boolean {
  const detected = detect(text);
  return detected.kind === "trust" && detected.provider === "vault" && detected.field === "mount";
}

function isWithoutMount(one: Resource | Unread): one is Resource {
  return "trust" in one && one.trust.provider === "vault" && one.trust.mount === undefined;
}

/** A role with the mount that stands beside it in the file. */
function mounted(role: Resource, mount: Piece): Resource {
  const position = (at: Span | undefined) => (at?.input === "trust.mount" ? inFile(at, mount) : role.position(at));
  return { ...role, trust: { ...role.trust, mount: mount.text } as Trust, position };
}

/** Of each configuration, undefined where it is not one to judge. */
function* resourcesIn(piece: Piece, path: string): Generator<Resource | Unread | undefined> {
  const file = shown(path);
  let found: FoundTrust[];
  try {
    found = trustsFrom(piece.text);
  } catch (error) {
    if (!(error instanceof CircleciOidcError)) throw error;
    return yield { file, problem: `${file}:${piece.line}: ${error.message}` };
  }
  for (const one of found) {
    // What a plan changes or deletes is not what it leaves behind.
    if (one.when === "before") {
      yield undefined;
      continue;
    }
    if (isPartial(one.at, piece)) {
      // Judged without its other statements it would be another policy.
      yield { file, problem: `${file}:${piece.line}: ${one.address}: the policy is too large, or is cut off` };
      continue;
    }
    yield {
      path,
      file,
      ...named(one, piece, path === "-" ? file : basename(path)),
      at: one.at && inFile(one.at, piece),
      position: (at) => positionOf(at, one, piece),
    };
  }
}

/** A policy that is the whole text has no name but that of its file. */
function named({ trust, address, at }: FoundTrust, { length, wrapping }: Piece, file: string): Pick<Resource, "trust" | "address"> {
  const isAlone = wrapping === 0 && at?.start === 0 && at.end === length;
  return isAlone ? { trust: { ...trust, name: file }, address: file } : { trust, address };
}

/** The policy reaches beyond what was handed over of a larger value. */
function isPartial(at: Span | undefined, { wrapping, length }: Piece): boolean {
  return wrapping > 0 && at !== undefined && (at.start < wrapping || at.end > wrapping + length);
}

/** From a place in a piece to the file. */
function inFile({ line, column }: Position, piece: Piece): Position {
  if (line > 1) return { line: piece.line + line - 1, column };
  return { line: piece.line, column: piece.column + column - 1 - piece.wrapping };
}

/** From a place in a policy to the file. A policy may have been taken out with words before it, on its first line. Where it was
 *  taken out of a string and has lines of its own, the place is where it begins. */
function positionOf(at: Span | undefined, { at: policy, trust }: FoundTrust, piece: Piece): Position | undefined {
  if (policy === undefined) return undefined;
  const text = configurationOf(trust);
  // A place beside the configuration, in its mount, stands in another document.
  const isBeside = at !== undefined && at.input !== `trust.${mainMember(familyOf(trust.provider))}`;
  const shift = typeof text === "string" ? text.indexOf(piece.text.slice(policy.start, policy.end)) : -1;
  if (at === undefined || isBeside || shift < 0 || at.start < shift) return inFile(policy, piece);
  const line = policy.line + at.line - 1;
  return inFile({ line, column: at.line > 1 ? at.column : policy.column + at.column - 1 - shift }, piece);
}
