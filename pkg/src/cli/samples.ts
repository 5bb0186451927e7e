import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type VaultTrust, decode, samples } from "circleci-oidc";

import { Problem, quoted } from "./problem.js";
import { configurationOf } from "./trust/index.js";

/** Writes the samples to a folder and tells what to try. A file of the same name with another content is left alone, and so
 *  is everything else then. */
export function writeSamples(folder: string): string {
  const { token, jwks, organization, now, cases } = samples();
  const tokenOf = (name: string) => find(name).token;
  const policyOf = (name: string) => configurationOf(find(name).trust) as string;
  const find = (name: string) => {
    const found = cases.find((one) => one.name === name);
    if (found === undefined) throw new Error(`the samples have no case ${name}`);
    return found;
  };
  const json = (value: unknown) => JSON.stringify(value, null, 2);
  const files = {
    "token.jwt": token,
    "token-v2.jwt": tokenOf("one-project-v2"),
    "other-project.jwt": tokenOf("other-project"),
    "claims.json": json(decode(token).claims),
    "jwks.json": json(jwks),
    "one-project.json": policyOf("one-project"),
    "exact-v1.json": policyOf("exact-v1"),
    "context-ids.json": policyOf("context-ids"),
    "gcp-project.json": policyOf("gcp-project"),
    "azure-article.json": policyOf("azure-article"),
    "vault-project.json": policyOf("vault-project"),
    "vault-mount.json": (find("vault-project").trust as VaultTrust).mount as string,
  };
  write(folder, files);

  const program = process.env.npm_command === "exec" ? "npx circleci-oidc" : "circleci-oidc";
  const at = (file: keyof typeof files) => shellQuoted(join(folder, file));
  const pinned = `--jwks ${at("jwks.json")} --organization ${organization} --now ${now}`;
  return `Wrote ${Object.keys(files).join(", ")} to ${quoted(folder)}.
The tokens are signed with a published test key: trust it nowhere. --now sets the clock to when they were valid.

A job of the project that the policy names: let in.
  ${program} inspect --token-file ${at("token.jwt")} ${pinned} --aws ${at("one-project.json")}

A job of another project: genuine, but refused.
  ${program} inspect --token-file ${at("other-project.jwt")} ${pinned} --aws ${at("one-project.json")}

The policy expects the V1 subject, the job sent its V2 token: refused.
  ${program} inspect --token-file ${at("token-v2.jwt")} ${pinned} --aws ${at("exact-v1.json")}

A condition that can never be true, with nothing but the claims from a log.
  ${program} evaluate --claims ${at("claims.json")} --aws ${at("context-ids.json")}

A workload identity pool provider of Google Cloud, and the V2 token, whose subject is longer than Google takes.
  ${program} inspect --token-file ${at("token-v2.jwt")} ${pinned} --gcp ${at("gcp-project.json")}

A federated credential of Azure, which names the V1 subject, and the V2 token.
  ${program} inspect --token-file ${at("token-v2.jwt")} ${pinned} --azure ${at("azure-article.json")}

A JWT role of Vault for one project, and a job of another.
  ${program} inspect --token-file ${at("other-project.jwt")} ${pinned} --vault-role ${at("vault-project.json")} --vault-mount ${at("vault-mount.json")}

What the token says.
  ${program} decode --token-file ${at("token.jwt")}
`;
}

function write(folder: string, files: Record<string, string>): void {
  const entries = Object.entries(files).map(([name, text]) => ({ path: join(folder, name), text: text.endsWith("\n") ? text : `${text}\n` }));
  try {
    mkdirSync(folder, { recursive: true });
    const missing = entries.filter(({ path, text }) => {
      const there = content(path);
      if (there !== undefined && there !== text) {
        throw new Problem(`${quoted(path)}: there is another file of this name`, "Nothing was written. Name another folder.");
      }
      return there === undefined;
    });
    for (const { path, text } of missing) writeFileSync(path, text, { flag: "wx" });
  } catch (error) {
    if (error instanceof Problem) throw error;
    const { code, path } = error as NodeJS.ErrnoException;
    throw new Problem(`${quoted(path ?? folder)}: it cannot be written (${code ?? "unknown error"})`, "Name another folder.");
  }
}

function content(path: string): string | undefined {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}

function shellQuoted(path: string): string {
  return /^[\w@%+=:,./-]+$/.test(path) ? path : `'${path.replaceAll("'", `'\\''`)}'`;
}
