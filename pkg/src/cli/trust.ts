import { basename } from "node:path";
import type { AwsTrust } from "circleci-oidc";

import { readText } from "./input.js";
import { type Options, pair } from "./options.js";
import { Problem, quoted } from "./problem.js";

/** One AWS configuration for each --aws, all with the same resource control policies, provider and context. */
export async function readTrust(options: Options): Promise<AwsTrust[]> {
  const files = options.all("aws") ?? [];
  for (const name of ["aws-rcp", "aws-provider", "aws-context"] as const) {
    if (files.length === 0 && options.has(name)) throw new Problem(`--${name} says nothing without --aws FILE`);
  }
  const oidcProvider = await readProvider(options.one("aws-provider"));
  const context = readContext(options.all("aws-context"));
  const resourceControlPolicies = await readAll("aws-rcp", options.all("aws-rcp"));
  const trusts: AwsTrust[] = [];
  for (const file of files) {
    const policy = await readText("aws", file);
    // get-role output names the role itself.
    const name = /"(?:Arn|RoleName)"\s*:/.test(policy) || file === "-" ? undefined : basename(file);
    trusts.push({ provider: "aws", name, policy, resourceControlPolicies, oidcProvider, context });
  }
  return trusts;
}

async function readAll(name: "aws-rcp", files: string[] | undefined): Promise<string[] | undefined> {
  if (files === undefined) return undefined;
  const texts: string[] = [];
  for (const file of files) texts.push(await readText(name, file));
  return texts;
}

async function readProvider(file: string | undefined): Promise<AwsTrust["oidcProvider"]> {
  return file === undefined ? undefined : providerOf(await readText("aws-provider", file), `--aws-provider ${quoted(file)}`);
}

/** The IAM OIDC provider of a file. `label`: how messages name it. */
export function providerOf(text: string, label: string): AwsTrust["oidcProvider"] {
  let read: Record<string, unknown>;
  try {
    read = JSON.parse(text);
  } catch {
    // The parser's own message would quote the file.
    throw new Problem(`${label}: not JSON`);
  }
  if (typeof read !== "object" || read === null) throw new Problem(`${label}: expected a JSON object`);
  // What IAM prints: the URL without its scheme, which every provider has, and no account id
  // (https://docs.aws.amazon.com/IAM/latest/APIReference/API_GetOpenIDConnectProvider.html).
  if (typeof read.Url === "string") {
    const url = read.Url.includes("://") ? read.Url : `https://${read.Url}`;
    return { url, clientIdList: (read.ClientIDList ?? []) as string[] };
  }
  return read as unknown as AwsTrust["oidcProvider"];
}

function readContext(pairs: string[] | undefined): AwsTrust["context"] {
  if (pairs === undefined) return undefined;
  const context = new Map<string, string | string[]>();
  for (const [key, value] of pairs.map((text) => pair("aws-context", text))) {
    const before = context.get(key);
    context.set(key, before === undefined ? value : [before, value].flat());
  }
  return Object.fromEntries(context);
}
