import { dirname, resolve } from "node:path";
import { type Trust, trustsFrom } from "circleci-oidc";

import { readTextFile } from "../input.js";
import { quoted } from "../problem.js";
import { adviceOn, isDocument, otherThan } from "../trust/documents.js";
import { type Family, configurationIn } from "../trust/family.js";
import type { Shape } from "../yaml/shape.js";
import type { Member } from "../yaml/value.js";

/** The text of a file that is named in the cases. */
export function readNamed(shape: Shape, { value, line }: Member, what: string): { text: string; label: string } {
  const path = shape.text(value, what);
  const label = `${shape.file}:${line}: ${quoted(path)}`;
  return { text: readTextFile(label, resolve(dirname(shape.file), path)), label };
}

/** The configuration of a file, or the one in it that is meant, whose address or name the member `choice` has. Of a plan, as it
 *  will be. */
export function oneIn(family: Family, shape: Shape, file: Member, what: string, choice: string, meant: Member | undefined): string | object | null {
  const found = trustIn(family, shape, file, what, choice, meant);
  return typeof found === "string" ? found : configurationIn(family, found);
}

/** The same with all that a document tells of it; the text where it is the configuration alone. */
export function trustIn(family: Family, shape: Shape, file: Member, what: string, choice: string, meant: Member | undefined): string | Trust {
  const { text } = readNamed(shape, file, `${what}, ${family.cases[0]}`);
  const named = meant && shape.text(meant.value, `${what}, ${choice}`);
  const none = `${what}: there is no ${family.thing} in the file`;
  if (named === undefined && !isDocument(text)) {
    const other = otherThan(family, text);
    if (other === undefined) return text;
    throw shape.refuse(file.line, none, other.kind === "trust" && other.provider !== family.provider ? `Give it as ${other.provider}.` : adviceOn(other, family));
  }
  const all = trustsFrom(text).filter(({ when, trust }) => when !== "before" && trust.provider === family.provider);
  const fitting = named === undefined ? all : all.filter(({ address, trust }) => address === named || trust.name === named);
  if (fitting.length === 1) return fitting[0]!.trust;
  if (all.length === 0) throw shape.refuse(file.line, none, family.advice);
  const names = all.slice(0, 5).map(({ address }) => quoted(address)).join(", ");
  const which = named === undefined ? "" : ` ${quoted(named)}`;
  const count = fitting.length === 0 ? `is no ${family.thing}${which}` : `are ${fitting.length} ${family.thing}s${which}`;
  throw shape.refuse(file.line, `${what}: there ${count} in the file`, `Name one as ${choice}: ${names}${all.length > 5 ? ", …" : ""}`);
}
