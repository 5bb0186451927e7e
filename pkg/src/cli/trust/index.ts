import type { ProviderId, Trust } from "circleci-oidc";

import type { OptionName, Options } from "../options.js";
import { quoted } from "../problem.js";
import { AWS } from "./aws.js";
import { AZURE } from "./azure.js";
import { type Family, configurationIn } from "./family.js";
import { GCP } from "./gcp.js";
import { VAULT } from "./vault.js";

/** Every provider, in the order of results. */
export const FAMILIES: readonly Family[] = [AWS, GCP, AZURE, VAULT] as readonly Family[];

export const TRUST_OPTIONS: readonly OptionName[] = FAMILIES.flatMap(({ options }) => options);

/** How messages ask for a configuration. */
export const ANY_TRUST = FAMILIES.map(({ options }) => `--${options[0]} FILE`).join(" or ");

/** Where each configuration of the last `readTrust` came from, for messages. */
let sources: { file: string; family: Family }[] = [];

/** The configurations that the options name. */
export async function readTrust(options: Options): Promise<Trust[]> {
  const trusts: Trust[] = [];
  sources = [];
  for (const family of FAMILIES) {
    for (const { file, trust } of await family.read(options)) {
      trusts.push(trust);
      sources.push({ file, family });
    }
  }
  return trusts;
}

/** A member of a configuration as its option gave it: `--aws "role.json"`. Without an index, of the first that has it. */
export function inOptions(member: string, index: number | undefined): string | undefined {
  const has = ({ family }: (typeof sources)[number]) => Object.hasOwn(family.members, member);
  const source = index === undefined ? sources.find(has) : sources[index];
  if (source === undefined || !has(source)) return undefined;
  const option = source.family.members[member]!;
  return option === source.family.options[0] ? `--${option} ${quoted(source.file)}` : `--${option}`;
}

export function familyOf(provider: ProviderId): Family {
  const family = FAMILIES.find((one) => one.provider === provider);
  if (family === undefined) throw new Error(`the command line does not know the provider ${provider}`);
  return family;
}

/** The configuration itself, as text where it came from a document; `null` where a plan does not tell it. */
export function configurationOf(trust: Trust): string | object | null {
  return configurationIn(familyOf(trust.provider), trust);
}
