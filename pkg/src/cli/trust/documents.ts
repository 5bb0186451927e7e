import { basename } from "node:path";
import { type Detected, type Trust, detect, trustsFrom } from "circleci-oidc";

import { readText } from "../input.js";
import type { Options } from "../options.js";
import { Problem, quoted } from "../problem.js";
import { type Family, configurationIn, mainMember } from "./family.js";

/** A configuration in a file. */
export interface Found {
  file: string;
  name: string | undefined;
  configuration: string | object | null;
  /** All that a document tells of it. */
  trust?: Trust;
}

/** The configurations of a provider in the files that its first option names. Its other options say nothing without it. */
export async function readFiles(family: Family, options: Options): Promise<Found[]> {
  const [main, ...others] = family.options;
  const files = options.all(main) ?? [];
  for (const name of others) {
    if (files.length === 0 && options.has(name)) throw new Problem(`--${name} says nothing without --${main} FILE`);
  }
  const found: Found[] = [];
  for (const file of files) found.push(...configurationsIn(family, file, await readText(main, file)));
  return found;
}

function configurationsIn(family: Family, file: string, text: string): Found[] {
  const main = `--${family.options[0]} ${quoted(file)}`;
  if (!isDocument(text)) {
    const other = otherThan(family, text);
    if (other?.kind === "trust") {
      const option = other.provider === family.provider ? family.members[other.field] : MAIN[other.provider];
      throw new Problem(`${main}: there is no ${family.thing} in it`, `Give it as --${option} FILE.`);
    }
    if (other !== undefined) throw new Problem(`${main}: there is no ${family.thing} in it; it seems to be ${called(other)}`, adviceOn(other, family));
    const name = family.named.test(text) || file === "-" ? undefined : basename(file);
    return [{ file, name, configuration: text }];
  }
  const found = trustsFrom(text).filter(({ trust }) => trust.provider === family.provider);
  if (found.length === 0) throw new Problem(`${main}: there is no ${family.thing} in it`, family.advice);
  return found.map(({ trust, address, when }) => {
    const name = address === mainMember(family) ? basename(file) : trust.name;
    return { file, name: when === undefined ? name : `${name} (${when} the plan)`, configuration: configurationIn(family, trust), trust };
  });
}

/** What a text is if it is known to be something else than a configuration of this provider. */
export function otherThan(family: Family, text: string): Detected | undefined {
  const detected = detect(text);
  // JSON with a mistake in it may well be one: the cloud's own words on it are worth more than ours.
  if (detected.kind === "other") return /^[\s\ufeff]*[[{"%]/.test(text) ? undefined : detected;
  if (detected.kind !== "trust") return SEEMS[detected.kind] === undefined ? undefined : detected;
  return detected.provider === family.provider && [mainMember(family), ...family.tells].includes(detected.field) ? undefined : detected;
}

/** What to give in the place of such a text. */
export function adviceOn(other: Detected, family: Family): string {
  return isNamed(other) ? other.advice : family.advice;
}

/** The option that takes a provider's configurations. */
const MAIN = { aws: "aws", gcp: "gcp", azure: "azure", vault: "vault-role" } as const;

const SEEMS: Partial<Record<Detected["kind"], string>> = { token: "a token", claims: "the claims of a token", cloudtrail: "a CloudTrail event of a token", jwks: "a key set", error: "an error message" };

/** What a text without a configuration is, as far as can be told. */
export function seems(text: string): string {
  const detected = detect(text);
  return detected.kind === "trust" ? "what belongs beside a configuration" : called(detected);
}

/** The same as the end of a sentence: of what may be a broken token, `what` is a sentence of its own. */
function called(detected: Detected): string {
  if (detected.kind !== "other") return SEEMS[detected.kind] ?? "a log";
  return isSentence(detected.what) ? "neither a configuration nor a token" : detected.what;
}

export function isSentence(what: string): boolean {
  return /^(?:This|There|The) /.test(what);
}

/** Whether a text is known to be something else, with advice of its own. */
export function isNamed(detected: Detected): detected is Extract<Detected, { kind: "other" }> {
  return detected.kind === "other" && !isSentence(detected.what) && !detected.advice.startsWith("Paste a token");
}

/** Members of documents that hold any number of configurations, none perhaps. */
const OF_MANY = ["Roles", "RoleDetailList", "workloadIdentityPoolProviders", "resource_changes", "terraform_version"];

/** Whether a text is one of those that hold any number of configurations, none perhaps. */
export function isDocument(text: string): boolean {
  return detect(text).kind === "trusts" || mayHoldNone(text);
}

/** Whether a text is one of those that need not hold one: an account or a plan may have none, a query no answer. */
export function mayHoldNone(text: string): boolean {
  try {
    const read: unknown = JSON.parse(text);
    if (Array.isArray(read) && read.length === 0) return true;
    return typeof read === "object" && read !== null && OF_MANY.some((name) => name in read);
  } catch {
    return false;
  }
}

/** The texts of all files of an option; undefined where it was not given. */
export async function readAll(name: Parameters<Options["all"]>[0], files: string[] | undefined): Promise<string[] | undefined> {
  if (files === undefined) return undefined;
  const texts: string[] = [];
  for (const file of files) texts.push(await readText(name, file));
  return texts;
}
