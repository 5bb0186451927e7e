import type { AwsTrust } from "circleci-oidc";

import { oneIn, readNamed } from "../cases/named.js";
import { readText } from "../input.js";
import { pair } from "../options.js";
import { Problem, quoted } from "../problem.js";
import type { Shape } from "../yaml/shape.js";
import type { Member, Value } from "../yaml/value.js";
import { readAll, readFiles } from "./documents.js";
import type { Family } from "./family.js";

/** AWS: roles, all with the same resource control policies, provider and context. */
export const AWS: Family<AwsTrust> = {
  provider: "aws",
  options: ["aws", "aws-rcp", "aws-provider", "aws-context"],
  members: { policy: "aws", resourceControlPolicies: "aws-rcp", oidcProvider: "aws-provider", context: "aws-context" },
  tells: [],
  thing: "role",
  advice: "Give a document that holds the role: aws iam get-role --role-name NAME prints it.",
  parties: /"Principal/,
  // What get-role prints.
  named: /"(?:Arn|RoleName)"\s*:/,

  async read(options) {
    const found = await readFiles(AWS, options);
    const oidcProvider = await readProvider(options.one("aws-provider"));
    const context = readContext(options.all("aws-context"));
    const resourceControlPolicies = await readAll("aws-rcp", options.all("aws-rcp"));
    return found.map(({ file, name, configuration }) => ({ file, trust: { provider: "aws", name, policy: configuration, resourceControlPolicies, oidcProvider, context } }));
  },

  cases: ["aws", "role", "provider", "context", "resource-control-policies"],

  readCase(shape, name, value, what) {
    const { aws, role, provider, context, "resource-control-policies": rcps } = shape.members(value, what, ["aws", "role", "provider", "context", "resource-control-policies"]);
    return {
      provider: "aws",
      name,
      policy: oneIn(AWS, shape, aws!, what, "role", role),
      resourceControlPolicies: rcps && shape.list(rcps.value, `${what}, resource-control-policies`).items.map((item) => readNamed(shape, { value: item, line: item.line }, what).text),
      oidcProvider: provider && providerInCase(shape, provider, `${what}, provider`),
      context: context && contextInCase(shape, context.value, `${what}, context`),
    };
  },
};

async function readProvider(file: string | undefined): Promise<AwsTrust["oidcProvider"]> {
  return file === undefined ? undefined : providerOf(await readText("aws-provider", file), `--aws-provider ${quoted(file)}`);
}

function providerInCase(shape: Shape, member: Member, what: string): AwsTrust["oidcProvider"] {
  const { text, label } = readNamed(shape, member, what);
  return providerOf(text, label);
}

/** The IAM OIDC provider of a file. `label`: how messages name it. */
function providerOf(text: string, label: string): AwsTrust["oidcProvider"] {
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

function contextInCase(shape: Shape, value: Value, what: string): AwsTrust["context"] {
  const entry = (name: string, { value }: Member) => {
    const texts = value.kind === "list" ? value.items.map((item) => shape.text(item, `${what}, ${quoted(name)}`)) : shape.text(value, `${what}, ${quoted(name)}`);
    return [name, texts] as const;
  };
  return Object.fromEntries([...shape.mapping(value, what).members].map(([name, member]) => entry(name, member)));
}
