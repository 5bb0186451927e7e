import { COMMANDS } from "./commands.js";
import { type OptionName, option } from "./options.js";

interface Help {
  summary: string;
  usage: string;
  about: string;
  examples: string[];
  /** Where it is not the usual one. */
  status?: string;
}

const FOUND = `Exit status
  0  no finding, or none that --fail-on asks for
  1  at least one of them
  2  a wrong option, or something that could not be read; what could be is judged all the same`;

const TEXTS: Record<string, Help> = {
  inspect: {
    summary: "everything: what the token says, whether it is genuine, and who lets it in",
    usage: "inspect [options] < TOKEN",
    about: `Without --jwks or --fetch-jwks no signature is checked; without --organization or --issuer no token is called valid.
Configurations are judged as of when the token was minted, so that an expired token still tells why it was refused.
What --evidence does not tell is not known, which is not the same as absent; the text says what that is.`,
    examples: [
      "circleci-oidc inspect --env CIRCLE_OIDC_TOKEN_V2 --organization ID --jwks jwks.json --aws trust-policy.json",
      "aws iam get-role --role-name deploy | circleci-oidc inspect --env CIRCLE_OIDC_TOKEN_V2 --aws -",
      "circleci-oidc inspect --env CIRCLE_OIDC_TOKEN --gcp provider.json --gcp-iam-policy iam-policy.json",
      "az ad app federated-credential list --id ID | circleci-oidc inspect --env CIRCLE_OIDC_TOKEN --azure -",
      "circleci-oidc inspect --env CIRCLE_OIDC_TOKEN --vault-role role.json --vault-mount config.json",
      "aws iam get-role --role-name deploy | circleci-oidc inspect --evidence cloudtrail-event.json --aws -",
    ],
  },
  decode: {
    summary: "what a token says, without judging it",
    usage: "decode [options] < TOKEN",
    about: "Verifies nothing: anybody can write such a token. verify and inspect do.",
    examples: ["circleci-oidc decode < token.jwt", "circleci-oidc decode --env CIRCLE_OIDC_TOKEN --format json"],
    status: `Exit status
  0  all of it could be read
  1  a part of it could not
  2  a wrong option, or a file that cannot be read`,
  },
  verify: {
    summary: "is the token genuine, ours and current?",
    usage: "verify [options] < TOKEN",
    about: `The key set of an organization: --fetch-jwks, or curl https://oidc.circleci.com/org/ID/.well-known/jwks-pub.json
The token is taken as it is: only a line end after it is taken off.`,
    examples: [
      "circleci-oidc verify --organization ID --fetch-jwks < token.jwt",
      "circleci-oidc verify --organization ID --jwks jwks.json < token.jwt",
      "circleci-oidc verify --organization ID --jwks jwks.json --require oidc.circleci.com/ssh-rerun=false < token.jwt",
    ],
    status: `Exit status
  0  genuine, ours and current
  1  it is not
  2  a wrong option, or a file or key set that cannot be read
  3  something was not verified: without --jwks or --fetch-jwks, and --organization or --issuer`,
  },
  evaluate: {
    summary: "would these configurations let a token with these claims in?",
    usage: "evaluate --aws FILE | --gcp FILE | --azure FILE | --vault-role FILE [options] < TOKEN",
    about: `Says nothing of the token's signature. The token is presented when it was minted, or at --now.
JSON output is a list, one result for each configuration: those of --aws first.
With --claims-ndjson every line has an answer of its own, one JSON object a line with --format json or brief; a line that
cannot be read is answered with its error. The status is that of the worst line.`,
    examples: [
      "circleci-oidc evaluate --claims claims.json --aws trust-policy.json",
      "circleci-oidc evaluate --aws role-a.json --aws role-b.json --aws-context aws:SourceIp=192.0.2.7 < token.jwt",
    ],
  },
  lint: {
    summary: "remarks on configurations, without a token",
    usage: "lint [options] FILE…",
    about: `Takes a trust policy, what aws iam get-role prints, a workload identity pool provider as gcloud prints it with --format=json,
federated credentials as az prints them, a JWT role as vault read -format=json prints it, and every larger
document that scan takes; - is standard input.`,
    examples: ["circleci-oidc lint trust-policy.json", "terraform show -json plan.out | circleci-oidc lint --fail-on warning -"],
    status: FOUND,
  },
  scan: {
    summary: "one row a role, provider or list of credentials: who gets in, and the worst remark",
    usage: "scan [options] FILE…",
    about: `Takes the output of aws iam list-roles, get-role and get-account-authorization-details, of gcloud iam
workload-identity-pools providers list --format=json, of az ad app federated-credential list, of
vault read -format=json auth/jwt/role/NAME, and of terraform show -json, of any size; - is standard input.
Configurations that are about other identity providers are counted and skipped.`,
    examples: [
      "aws iam list-roles | circleci-oidc scan -",
      "aws iam get-account-authorization-details --filter Role | circleci-oidc scan --suppressions known.yaml -",
      "circleci-oidc scan --format sarif roles.json > roles.sarif",
    ],
    status: FOUND,
  },
  test: {
    summary: "do these configurations still answer as they should?",
    usage: "test [options] FILE…",
    about: `A file of cases names claims, configurations, and the decision that is expected of each pair: docs/command-line.md.
invalid and unknown are answers of their own: neither is deny.`,
    examples: ["circleci-oidc test cases.yaml", "circleci-oidc test --format junit cases.yaml > results.xml"],
    status: `Exit status
  0  every answer is as expected
  1  one is not
  2  a wrong option, or a file that is malformed or cannot be read`,
  },
  "explain-error": {
    summary: "what the message means that a cloud printed, and what to look at next",
    usage: "explain-error [options] [FILE]",
    about: `Takes a message of AWS, Google Cloud, Microsoft Entra and Azure, or Vault, or the whole log of a job; without FILE, or
with -, from standard input. The first line with a known message counts. Also those that say that trust worked and a
permission is missing, or that there was no token. docs/errors.md lists them.`,
    examples: ["circleci-oidc explain-error job.log", "pbpaste | circleci-oidc explain-error"],
    status: `Exit status
  0  a message is known
  2  a wrong option, or a file that cannot be read
  3  none is known`,
  },
  samples: {
    summary: "writes tokens, a key set and policies to try the other commands on",
    usage: "samples DIR",
    about: "Never overwrites a file that is not its own.",
    examples: ["circleci-oidc samples oidc-samples"],
    status: `Exit status
  0  written
  2  a wrong option, or a file that cannot be written`,
  },
};

const STATUS = `Exit status
  0  genuine, and let in everywhere that was asked about
  1  refused somewhere, or a configuration that the cloud would not store
  2  a wrong option, or a file or key set that cannot be read
  3  nothing refused, but something was not verified or is not known`;

export function overview(): string {
  const commands = Object.entries(TEXTS).map(([name, { summary }]) => `  ${name.padEnd(14)}${summary}`);
  return `circleci-oidc tells why a cloud refuses a CircleCI job's OpenID Connect token, or lets it in.

Usage: circleci-oidc COMMAND [options]

Commands
${commands.join("\n")}

The token comes from standard input, --token-file FILE or --env NAME; in a CircleCI job without input it is the job's own
(CIRCLE_OIDC_TOKEN_V2, then CIRCLE_OIDC_TOKEN). It is never an argument, and no output holds its signature.
Only --fetch-jwks uses the network. circleci-oidc COMMAND --help tells more; --version prints the version.

${STATUS}
`;
}

export function helpOf(command: string): string {
  const text = TEXTS[command]!;
  const names = COMMANDS[command]!.options;
  const formats = COMMANDS[command]!.formats?.join("|");
  const options = names.length === 0 ? "" : `\nOptions\n${names.map((name) => line(name, formats)).join("\n")}\n`;
  return `circleci-oidc ${command}: ${text.summary}

Usage: circleci-oidc ${text.usage}

${text.about}
${options}
Examples
${text.examples.map((example) => `  ${example}`).join("\n")}

${text.status ?? STATUS}
`;
}

function line(name: OptionName, formats: string | undefined): string {
  const { value: usual, repeatable, help } = option(name);
  const value = name === "format" ? (formats ?? usual) : usual;
  const left = `--${name}${value === undefined ? "" : ` ${value}`}`;
  const lines = `${help}${repeatable ? " (repeatable)" : ""}`.split("\n");
  return lines.map((text, index) => `  ${(index === 0 ? left : "").padEnd(26)} ${text}`).join("\n");
}
