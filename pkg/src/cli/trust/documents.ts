import { basename } from "node:path";
import { detect, trustsFrom } from "circleci-oidc";

import { readText } from "../input.js";
import type { Options } from "../options.js";
import { Problem, quoted } from "../problem.js";
import { type Family, configurationIn } from "./family.js";

/** A configuration in a file. */
export interface Found {
  file: string;
  name: string | undefined;
  configuration: string | object | null;
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
  if (!isDocument(text)) {
    const name = family.named.test(text) || file === "-" ? undefined : basename(file);
    return [{ file, name, configuration: text }];
  }
  const found = trustsFrom(text).filter(({ trust }) => trust.provider === family.provider);
  if (found.length === 0) throw new Problem(`--${family.options[0]} ${quoted(file)}: there is no ${family.thing} in it`, family.advice);
  return found.map(({ trust, address, when }) => {
    const name = address === "policy" ? basename(file) : trust.name;
    return { file, name: when === undefined ? name : `${name} (${when} the plan)`, configuration: configurationIn(family, trust) };
  });
}

/** Members of documents that hold any number of configurations, none perhaps. */
const OF_MANY = ["Roles", "RoleDetailList", "workloadIdentityPoolProviders", "resource_changes", "terraform_version"];

/** Whether a text is such a document. */
export function isDocument(text: string): boolean {
  if (detect(text).kind === "trusts") return true;
  try {
    const read: unknown = JSON.parse(text);
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
