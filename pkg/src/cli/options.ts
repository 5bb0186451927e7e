import { parseArgs } from "node:util";

import { Problem, quoted } from "./problem.js";

interface Option {
  /** Name of its value in the help; none for a flag. */
  value?: string;
  repeatable?: boolean;
  help: string;
}

/** Every option. Which command takes which stands in `commands.ts`. */
export const OPTIONS = {
  "token-file": { value: "FILE", help: "the token, from a file (- is standard input)" },
  env: { value: "NAME", help: "the token, from the environment variable of this name" },
  claims: { value: "FILE", help: "claims as JSON, in place of a token" },
  "claims-ndjson": { value: "FILE", help: "claims as JSON, one set a line; one answer a line comes out (- is standard input)" },
  partial: { help: "the claims are only those that a log told; others are not known, rather than absent" },
  evidence: { value: "FILE", help: "what is left of a token: a CloudTrail event, or a file of them; a job's log; claims;\na payload part" },
  jwks: { value: "FILE", help: "the issuer's key set; without it no signature is checked" },
  "fetch-jwks": { help: "the key set, asked for over the network at the issuer that --organization or --issuer names" },
  organization: { value: "ID", help: "the CircleCI organization that must have issued the token" },
  issuer: { value: "URL", help: "the exact issuer, in place of --organization (CircleCI server)" },
  audience: { value: "TEXT", repeatable: true, help: "an accepted audience; default: the organization's id" },
  require: { value: "KEY=VALUE", repeatable: true, help: "a claim and its value; the same claim again adds an accepted value.\ntrue and false are booleans, everything else is text" },
  now: { value: "TIME", help: "the clock: epoch seconds, or ISO 8601 with its zone (2026-11-20T09:35:00Z)" },
  leeway: { value: "SECONDS", help: "tolerance of the clock; default 0" },
  algorithm: { value: "NAME", repeatable: true, help: "an accepted algorithm; default RS256, which CircleCI uses" },
  aws: { value: "FILE", repeatable: true, help: "AWS roles: a trust policy; what aws iam get-role, list-roles or\nget-account-authorization-details prints; terraform show -json of a plan or state" },
  "aws-rcp": { value: "FILE", repeatable: true, help: "a resource control policy that applies to the roles, or the output of\naws organizations describe-policy" },
  "aws-provider": { value: "FILE", help: "the IAM OIDC provider: {\"url\", \"clientIdList\", \"accountId\"} or the output of\naws iam get-open-id-connect-provider" },
  "aws-context": { value: "KEY=VALUE", repeatable: true, help: "the request's context, complete: aws:SourceIp=192.0.2.7" },
  gcp: { value: "FILE", repeatable: true, help: "Google Cloud's workload identity pool providers: what gcloud iam\nworkload-identity-pools providers describe or list prints with --format=json;\nterraform show -json of a plan or state" },
  "gcp-iam-policy": { value: "FILE", help: "the service account's IAM policy, which the identity needs too: the output of\ngcloud iam service-accounts get-iam-policy --format=json" },
  "gcp-credentials": { value: "FILE", help: "the client's file (external_account), which names the provider in its request" },
  azure: { value: "FILE", repeatable: true, help: "Azure's federated credentials of an application or a managed identity: what\naz ad app federated-credential list prints, or az identity federated-credential list;\nGraph, ARM; terraform show -json of a plan or state" },
  "vault-role": { value: "FILE", repeatable: true, help: "JWT roles of HashiCorp Vault or OpenBao: what vault read -format=json auth/jwt/role/NAME\nprints; the body that was written; terraform show -json of a plan or state" },
  "vault-mount": { value: "FILE", help: "the configuration of the roles' mount: vault read -format=json auth/jwt/config" },
  "vault-product": { value: "NAME", help: "vault (default) or openbao" },
  "vault-version": { value: "VERSION", help: "its release, such as 1.16.2; default: the newest" },
  "vault-address": { value: "ADDRESS", help: "the address that the login comes from, for token_bound_cidrs" },
  names: { value: "FILE", help: "what projects, contexts, users and organizations are called: a JSON object\nwith a name for each id; texts then say payments-api (9f3c…)" },
  "no-probes": { help: "leave out who else gets in, and fixes, which are proved with it; many times faster" },
  "fail-on": { value: "SEVERITY", help: "the least one that makes the exit status 1: error (default), warning, info or never" },
  suppressions: { value: "FILE", help: "findings to live with, each with a reason and an expiry date: docs/command-line.md" },
  format: { value: "text|json", help: "default text" },
} as const satisfies Record<string, Option>;

export type OptionName = keyof typeof OPTIONS;

/** The options of one call. */
export class Options {
  constructor(
    private readonly values: ReadonlyMap<string, readonly string[]>,
    readonly positionals: readonly string[],
  ) {}

  has(name: OptionName): boolean {
    return this.values.has(name);
  }

  one(name: OptionName): string | undefined {
    return this.values.get(name)?.[0];
  }

  /** undefined where it was not given at all. */
  all(name: OptionName): string[] | undefined {
    const values = this.values.get(name);
    return values && [...values];
  }
}

/** Parses the arguments of one command. Nothing that is not known is repeated in a message: it might be a token. */
export function parse(args: string[], allowed: readonly OptionName[]): Options {
  const options = Object.fromEntries(allowed.map((name) => [name, { type: option(name).value ? ("string" as const) : ("boolean" as const), multiple: true }]));
  const { tokens } = parseArgs({ args, options, strict: false, allowPositionals: true, tokens: true });
  const values = new Map<string, string[]>();
  const positionals: string[] = [];
  for (const token of tokens) {
    if (token.kind === "positional") positionals.push(token.value);
    if (token.kind !== "option") continue;
    const name = allowed.find((known) => known === token.name);
    if (name === undefined || token.rawName !== `--${name}`) throw unknown(token.rawName, allowed);
    const { value: placeholder, repeatable } = option(name);
    if (placeholder === undefined) {
      if (token.value !== undefined) throw new Problem(`--${name} takes no value`);
    } else if (token.value === undefined || token.value === "" || (!token.inlineValue && /^-./.test(token.value))) {
      throw new Problem(`--${name} needs a value: --${name} ${placeholder}`);
    }
    const before = values.get(name) ?? [];
    if (before.length > 0 && !repeatable) throw new Problem(`--${name} was given twice`);
    values.set(name, [...before, token.value ?? ""]);
  }
  return new Options(values, positionals);
}

export function option(name: OptionName): Option {
  return OPTIONS[name];
}

function unknown(rawName: string, allowed: readonly OptionName[]): Problem {
  const shown = /^--?[a-z][a-z-]{0,30}$/i.test(rawName) ? ` ${rawName}` : "";
  const elsewhere = rawName.slice(2) in OPTIONS;
  return new Problem(
    elsewhere ? `this command does not take${shown}` : `unknown option${shown}`,
    `It takes ${["--help", ...allowed.map((name) => `--${name}`)].join(" ")}`,
  );
}

/** KEY=VALUE, split at the first "=". */
export function pair(name: OptionName, text: string): [key: string, value: string] {
  const at = text.indexOf("=");
  if (at < 1) throw new Problem(`--${name} ${quoted(text)}: expected KEY=VALUE`);
  return [text.slice(0, at), text.slice(at + 1)];
}
