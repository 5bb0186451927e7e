import { basename } from "node:path";
import { type AwsTrust, type Detected, detect, trustsFrom } from "circleci-oidc";

import { readText } from "./input.js";
import { type Options, pair } from "./options.js";
import { Problem, quoted } from "./problem.js";

/** The AWS configurations in the files of --aws, all with the same resource control policies, provider and context. */
export async function readTrust(options: Options): Promise<AwsTrust[]> {
  const files = options.all("aws") ?? [];
  for (const name of ["aws-rcp", "aws-provider", "aws-context"] as const) {
    if (files.length === 0 && options.has(name)) throw new Problem(`--${name} says nothing without --aws FILE`);
  }
  const oidcProvider = await readProvider(options.one("aws-provider"));
  const context = readContext(options.all("aws-context"));
  const resourceControlPolicies = await readAll("aws-rcp", options.all("aws-rcp"));
  const trusts: AwsTrust[] = [];
  sources = [];
  for (const file of files) {
    for (const { name, policy } of rolesIn(file, await readText("aws", file))) {
      trusts.push({ provider: "aws", name, policy, resourceControlPolicies, oidcProvider, context });
      sources.push(file);
    }
  }
  return trusts;
}

async function readAll(name: "aws-rcp", files: string[] | undefined): Promise<string[] | undefined> {
  if (files === undefined) return undefined;
  const texts: string[] = [];
  for (const file of files) texts.push(await readText(name, file));
  return texts;
}

/** The file that each configuration of the last `readTrust` came from, for messages. */
let sources: string[] = [];

export function fileOf(index: number): string {
  return sources[index] ?? "";
}

const ADVICE = "Give a document that holds the role: aws iam get-role --role-name NAME prints it.";
const SEEMS: Partial<Record<Detected["kind"], string>> = { token: "a token", claims: "the claims of a token", cloudtrail: "a CloudTrail event of a token", jwks: "a key set" };

/** What a text without a role is, as far as can be told. */
export function seems(text: string): string {
  const detected = detect(text);
  return detected.kind === "other" ? detected.what : (SEEMS[detected.kind] ?? "a log");
}

function rolesIn(file: string, text: string): Pick<AwsTrust, "name" | "policy">[] {
  if (!isDocument(text)) {
    const kind = SEEMS[detect(text).kind];
    if (kind !== undefined) throw new Problem(`--aws ${quoted(file)}: there is no role in it; it seems to be ${kind}`, ADVICE);
    // get-role output names the role itself.
    const name = /"(?:Arn|RoleName)"\s*:/.test(text) || file === "-" ? undefined : basename(file);
    return [{ name, policy: text }];
  }
  const found = trustsFrom(text);
  if (found.length === 0) {
    throw new Problem(`--aws ${quoted(file)}: there is no role in it`, ADVICE);
  }
  return found.map(({ trust, address, when }) => {
    const name = address === "policy" ? basename(file) : trust.name;
    return { name: when === undefined ? name : `${name} (${when} the plan)`, policy: trust.policy };
  });
}

/** Whether a text is one of those that hold any number of roles, none perhaps. */
export function isDocument(text: string): boolean {
  return detect(text).kind === "trusts" || mayHoldNone(text);
}

/** Whether a text is one of those that need not hold a role: an account or a plan may have none, a query no answer. */
export function mayHoldNone(text: string): boolean {
  try {
    const read: unknown = JSON.parse(text);
    if (Array.isArray(read) && read.length === 0) return true;
    return typeof read === "object" && read !== null && ["Roles", "RoleDetailList", "resource_changes", "terraform_version"].some((name) => name in read);
  } catch {
    return false;
  }
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
