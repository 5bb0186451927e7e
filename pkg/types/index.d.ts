/**
 * Decodes a CircleCI OpenID Connect token, verifies it, and explains which cloud trust conditions let it in.
 *
 * - A refusal is a value, never an exception. The functions throw nothing but {@link CircleciOidcError}.
 * - `unknown` is an answer of its own: what a cloud does not document, or what was not given, is neither pass nor fail.
 * - The same input gives the same bytes. The clock is an argument (`now`); where `verify` and `inspect` are given none, it is
 *   the system's, and `Report.now` tells which time was used.
 * - Nothing here uses the network: `circleci-oidc/jwks` does.
 */

export type ProviderId = "aws" | "gcp" | "azure" | "vault";

/** What one step found. `not_applicable`: an earlier step made it pointless, or it needs the network and is not checked. */
export type Outcome = "pass" | "fail" | "not_applicable" | "unknown";

/**
 * What the cloud answers to a token with these claims, whatever its signature.
 *
 * - `invalid`: the cloud refuses to store this configuration.
 * - `deny`: a required step certainly fails.
 * - `allow`: all required steps certainly pass.
 * - `unknown`: a step that is not known could turn the result.
 */
export type Decision = "allow" | "deny" | "invalid" | "unknown";

export type Severity = "error" | "warning" | "info";

export type Algorithm = "RS256" | "RS384" | "RS512" | "ES256" | "ES384";

/** A place in a text as it was given. Offsets are UTF-16 code units; line and column start at 1. */
export interface Span {
  /** Which input: `token`, `jwks`, `trust[0].policy`. */
  input: string;
  start: number;
  end: number;
  line: number;
  column: number;
}

/** Why a comparison nearly passed. */
export interface Hint {
  /** Stable, for example `hint.case`. */
  code: string;
  message: string;
  /** The literal text to put in its place. Only given if the same evaluation then lets this token in. A JSON object for
   * `hint.together`, else the content of a string. */
  fix?: string;
  /** What the fix replaces: a string with its quotes, or an object. Left out where the input was no text. */
  at?: Span;
  /** Who else would get in then, the dangerous ones first. */
  newlyAdmits?: string[];
}

/** One node of an explanation. `expected` and `actual` are the very values that were compared. */
export interface Step {
  /** Stable, for example `aws.operator.string_equals`. */
  code: string;
  /** One line for a person. */
  title: string;
  outcome: Outcome;
  /** The claim that was looked at, for example `sub`. */
  claim?: string;
  /** Values of the configuration. */
  expected?: unknown[];
  /** Value of the token; missing where the claim is absent. */
  actual?: unknown;
  /** UTF-16 units that the one expected text and the actual one have in common from their start, where they then differ. */
  difference?: number;
  /** Where the configuration says so; missing where it was given as an object. */
  at?: Span;
  detail?: string;
  hint?: Hint;
  /** The message that the cloud itself prints. */
  vendorText?: string;
  /** Link to the rule. */
  reference?: string;
  children?: Step[];
}

/** A remark about a token or a configuration, whatever the decision. */
export interface Finding {
  /** Stable, for example `AWS003`. */
  code: string;
  severity: Severity;
  title: string;
  detail: string;
  /** What to put where `at` says: the content of a string, where a string with its quotes stands there; else JSON, which at
   *  an empty place is added. Only given if it is proved to settle this and to keep in who gets in. */
  fix?: string;
  reference?: string;
  at?: Span;
  /** The resource that it is about, where the input told. */
  subject?: string;
}

export interface Jwks {
  keys: Record<string, unknown>[];
}

export interface Names {
  /**
   * What projects, contexts, users and organizations are called, by their ids: texts for people then say `payments-api (9f3c…)`. Values that
   * were compared, and fixes, stay as they are. At most 10,000.
   */
  names?: Record<string, string>;
}

export interface VerifyOptions extends Names {
  /** The issuer's key set. Left out: key and signature are `unknown`. */
  jwks?: string | Jwks;
  /** The id of the organization that must have issued the token. */
  organization?: string;
  /** The exact `iss`, in place of `organization`: for CircleCI server. With neither, and with the issuer of all organizations
   *  alone, no token is called valid. */
  issuer?: string;
  /** Accepted audiences; `null` accepts any. Left out: the organization's id. */
  audience?: string | string[] | null;
  /** Values, or lists of accepted values, that further claims must have. A claim that is a list passes with one of them. */
  require?: Record<string, unknown>;
  /** Default `["RS256"]`, which is what CircleCI signs with. */
  algorithms?: Algorithm[];
  /** Epoch seconds. Left out: the system clock. */
  now?: number;
  /** Tolerance of the clock in seconds. Default 0. */
  leeway?: number;
}

export interface Claim {
  name: string;
  value: unknown;
  meaning: string;
  reference?: string;
  /** Under which name a cloud can test it; a cloud that is missing here cannot see it. */
  testable: Partial<Record<ProviderId, string>>;
  /** The value with the names of the ids in it, as text; missing where `names` has none of them. */
  named?: string;
}

export interface Decoded {
  /** `null` where it could not be read; `findings` says why. */
  header: Record<string, unknown> | null;
  claims: Record<string, unknown> | null;
  /** Every claim in the order of the token. */
  table: Claim[];
  subject: {
    format: "v1" | "v2" | "audit-log" | "other";
    org?: string;
    project?: string;
    user?: string;
    vcsOrigin?: string;
    vcsRef?: string;
  };
  issuer: {
    kind: "org" | "root" | "server" | "other";
    url?: string;
    org?: string;
    jwksUrl?: string;
    discoveryUrl?: string;
  };
  /** Epoch seconds; `lifetime` in seconds. */
  times: { issuedAt?: number; expires?: number; lifetime?: number };
  findings: Finding[];
}

export interface Verification {
  /** `invalid` if a step fails, otherwise `unverified` if one is unknown, otherwise `valid`. */
  verdict: "valid" | "invalid" | "unverified";
  headline: string;
  /**
   * Always the same nine, in this order: `verify.format`, `verify.header`, `verify.key`, `verify.signature`, `verify.claims`,
   * `verify.issuer`, `verify.audience`, `verify.require`, `verify.time`. One failure does not hide another.
   */
  steps: Step[];
}

export interface TrustName {
  /** Shown in results: the ARN of the role, the id of the provider. Read from the input where it tells. */
  name?: string;
}

/** An AWS role as `sts:AssumeRoleWithWebIdentity` sees it. */
export interface AwsTrust extends TrustName {
  provider: "aws";
  /** The trust policy, or what `aws iam get-role` printed. `null`: a Terraform plan does not tell it before it is applied. */
  policy: string | object | null;
  /**
   * The resource control policies that apply to the role, or what `aws organizations describe-policy` printed of each; at most 35.
   * Left out: that none forbids the call is taken for granted, and listed in `assumed`.
   */
  resourceControlPolicies?: (string | object)[];
  /** The IAM OIDC provider. Left out: taken for granted, and listed in `assumed`. */
  oidcProvider?: { url: string; clientIdList: string[]; accountId?: string };
  /** The complete request context. Left out: a condition on a request key is `unknown`. */
  context?: Record<string, string | string[]>;
}

/** A workload identity pool provider of Google Cloud as `sts.googleapis.com` sees it. */
export interface GcpTrust extends TrustName {
  provider: "gcp";
  /**
   * What `gcloud iam workload-identity-pools providers describe --format=json` or the REST interface printed, the attributes of a
   * `google_iam_workload_identity_pool_provider` of Terraform, or `{"values", "after_unknown"}` with those of a plan. A client's file
   * (`external_account`) tells the provider's name alone; the rest is `unknown`.
   */
  workloadProvider: string | object;
  /**
   * The service account's IAM policy (`gcloud iam service-accounts get-iam-policy --format=json`): to be allowed, the identity has to
   * be a member too. Left out: that it has a role on what it is for is taken for granted, and listed in `assumed`.
   */
  iamPolicy?: string | object;
  /** The client's file (`external_account`), whose request has to name this provider. Left out: taken for granted. */
  credentials?: string | object;
}

/** The federated identity credentials of an application, or of a user-assigned managed identity, as Microsoft Entra sees them. */
export interface AzureTrust extends TrustName {
  provider: "azure";
  /**
   * One credential or all of them: what `az ad app federated-credential list` or `az identity federated-credential list` printed, the
   * body of `create --parameters`, Graph's `{"value": […]}`, ARM's `properties`, the attributes of Terraform's
   * `azuread_application_federated_identity_credential` or `azurerm_federated_identity_credential`, or `{"values", "after_unknown"}` with
   * those of a plan. Any of them lets a token in. One that Entra would not store makes the list `invalid`; what the others answer is
   * shown all the same.
   */
  credentials: string | object;
}

/** A JWT role of HashiCorp Vault or of OpenBao as `auth/jwt/login` sees it. */
export interface VaultTrust extends TrustName {
  provider: "vault";
  /**
   * What `vault read -format=json auth/jwt/role/NAME` printed, the body that was written, the attributes of a
   * `vault_jwt_auth_backend_role` of Terraform, or `{"values", "after_unknown"}` with those of a plan. A CEL role of OpenBao is not
   * evaluated: what is left of it is `unknown`.
   */
  role: string | object;
  /**
   * What `vault read -format=json auth/jwt/config` printed, or the attributes of a `vault_jwt_auth_backend`. Left out: that keys and
   * `bound_issuer` are those of the token's organization is taken for granted, and listed in `assumed`.
   */
  mount?: string | object;
  /** Default `vault`. */
  product?: "vault" | "openbao";
  /** A release, for example `1.16.2`. Left out: the newest; where an older one answers otherwise, the step says so. */
  version?: string;
  /** The address that the login comes from, for `token_bound_cidrs`. Left out: those are `unknown`. */
  remoteAddress?: string;
}

export type Trust = AwsTrust | GcpTrust | AzureTrust | VaultTrust;

export interface EvaluateOptions extends Names {
  /** Epoch seconds at which the token is presented. Left out: when it was minted (`iat`). */
  now?: number;
  /** The header's `alg`. Left out: RS256. */
  alg?: string;
  /** The claims are only those that a log told: one that is not there is not known, which is not the same as absent. */
  partial?: boolean;
  /** Claims that were not told themselves but follow from the subject; they are listed in `assumed`. */
  derived?: string[];
  /**
   * The error code with which the cloud refused this very token, for example `ExpiredTokenException`. One that it gives before it
   * looks at the configuration is an answer of its own; with any other, an allow has a word on it in `assumed`.
   */
  refused?: string;
  /** Default true. `false`: neither who else gets in, nor proved fixes, nor the findings that need them. About fifty times faster. */
  probes?: boolean;
}

/** Another token that the configuration was tried with: who else gets in? */
export interface Probe {
  /** Stable, for example `probe.fork`. */
  code: string;
  /** Whose token it is. */
  title: string;
  /** The claims that differ from the given token's; `null`: it has no such claim. */
  claims: Record<string, unknown>;
  decision: Decision;
  /** It gets in, and that is very likely not what the owner wants. */
  dangerous: boolean;
}

export interface TrustResult {
  provider: ProviderId;
  name?: string;
  decision: Decision;
  /** One sentence: the comparison that decided, and what to do. */
  headline: string;
  /**
   * The way to the step that decided: its index among `steps`, then among its parent's `children`, and so on. Missing where the
   * token is let in: that took all of them.
   */
  deciding?: number[];
  /**
   * The way to the step whose hint holds the fix to show first: of those with a proved fix the step that decided or one that it
   * is part of, else the nearest. Missing without a proved fix.
   */
  fix?: number[];
  steps: Step[];
  findings: Finding[];
  /** Other tokens that the configuration was tried with. */
  probes: Probe[];
  /** What the decision takes for granted and was not shown. */
  assumed: string[];
  /** The other token of the same job, where the claims tell it, and what it would get. */
  sibling?: { format: "v1" | "v2"; decision: Decision };
  /** What the cloud hands on when it allows. Google Cloud: the mapped attributes by their names, `principal`, and `principalSet` with
   *  every name by which an IAM policy may speak of the identity. Azure: the `credential` that the token fits, and its `subject`. Vault: the
   *  `alias`, `metadata`, `groups`, `policies` and lifetimes. */
  identity?: Record<string, unknown>;
}

/** What can be said of a configuration without a token. */
export interface Survey {
  provider: ProviderId;
  name?: string;
  /** CircleCI's issuers that it trusts, `*` where a wildcard may let them in. None: it is about other identity providers. */
  issuers: string[];
  /** What the cloud answers to a token with `claims`. `unknown` without them: that none was found proves nothing. */
  decision: Decision;
  /** Claims of a made-up job that gets in; with `unknown`, of one that may. */
  claims?: Record<string, unknown>;
  findings: Finding[];
  /** Who else gets in, beside that job. */
  probes: Probe[];
}

/** Exactly one of `token` and `claims`. */
export interface InspectInput extends VerifyOptions, Pick<EvaluateOptions, "alg" | "partial" | "derived" | "refused" | "probes"> {
  /** The token. White space, quotes and `Bearer ` around it are taken off, and reported. */
  token?: string;
  /** Claims without a token: an object, or JSON text, which keeps the spelling of numbers. */
  claims?: string | Record<string, unknown>;
  trust?: Trust[];
  /** Judge trust at the moment of minting (the default) or at `now`. */
  trustAt?: "issued" | "now";
}

export interface Report {
  schema: 1;
  /** `rulesDate`: the date of the newest state of a vendor's documentation that the rules follow. */
  engine: { version: string; rulesDate: string };
  /** The time that was used, in epoch seconds. */
  now: number;
  decoded: Decoded;
  verification: Verification;
  trust: TrustResult[];
}

export type Detected =
  | { kind: "trust"; provider: ProviderId; field: string }
  /** `cloudtrail`, `log`: read it with `claimsFrom`. `trusts`: a document with any number of configurations; read it with `trustsFrom`. */
  | { kind: "token" | "claims" | "cloudtrail" | "log" | "trusts" | "jwks" }
  /** A cloud's error message, or one of the job itself that there was no token: `explainError` says what it means. */
  | { kind: "error"; provider?: ProviderId }
  /** Neither: what it is, as far as can be told, and what to paste instead. */
  | { kind: "other"; what: string; advice: string };

/**
 * Where an error comes from.
 *
 * - `no_token`: the job had none. `request`: the call itself, before a token is looked at. `throttled`: too many calls.
 * - `token`, `keys` (and the signature), `time`, `issuer`, `audience`, `subject`: this of the token, or what is compared with it.
 * - `mapping`, `condition`, `trust`: the configuration that decides on trust, or this part of it.
 * - `permissions`: what counts once trust has worked.
 * - `storage`: the configuration was not stored; there was no token yet.
 */
export type Stage =
  | "no_token" | "request" | "throttled" | "token" | "keys" | "time" | "issuer" | "audience" | "subject" | "mapping"
  | "condition" | "trust" | "permissions" | "storage";

/** What a message that a cloud printed means. */
export interface Explanation {
  /** Whose message it is; missing where it is the job's own. */
  provider?: ProviderId;
  stage: Stage;
  /** What happened, in a sentence or two. */
  meaning: string;
  /** What it was not. */
  rulesOut: string[];
  /** What to look at, the likeliest first. */
  next: string[];
  reference: string;
  /** The fixed part by which it was known; an ellipsis stands for what differs. */
  message: string;
  at: Span;
}

/** What a text tells of one token. Hand it to `inspect` or `evaluate`: `claims`, `partial`, `derived`, `alg`, `refused`. */
export interface Evidence {
  claims: Record<string, unknown>;
  /** A claim that is not there is not known, which is not the same as absent. */
  partial: boolean;
  /** What told them, for people: `a CloudTrail event of 2026-11-20 09:31:07 UTC`. */
  source: string;
  /** Names of claims that follow from the subject and were not told themselves. */
  derived: string[];
  /** ARN of the role that was asked for. */
  role?: string;
  /** When the token was presented, in epoch seconds. */
  presentedAt?: number;
  /** The `alg` of the header, empty if it names none; missing where the text tells no header. */
  alg?: string;
  /** The error code with which AWS refused the token; missing where it did not, or the text does not tell. */
  refused?: string;
  findings: Finding[];
}

/** A configuration that was found in a document. */
export interface FoundTrust {
  /** Its `policy` or `workloadProvider` is text; a `policy` is `null` where a plan does not tell it before it is applied. */
  trust: Trust;
  /** The ARN of a role, the name of a provider, or the address of a resource of Terraform. */
  address: string;
  /** Of a resource that a plan changes: which of its two states. */
  when?: "before" | "after";
  /** The configuration in the text. */
  at?: Span;
}

export interface Samples {
  /** A V1 token, signed with a published test key. */
  token: string;
  jwks: Jwks;
  organization: string;
  /** A time at which the tokens are valid. */
  now: number;
  /** Each of these lets `token` in. */
  trust: Trust[];
  cases: { name: string; title: string; token: string; trust: Trust; expect: Decision }[];
}

/** Everything in one call: what the token says, whether it is genuine, ours and current, and who lets it in. */
export function inspect(input: InspectInput): Report;

/** Reads a token without judging it. What can be shown is shown. */
export function decode(token: string, options?: Names): Decoded;

/** Is the token genuine, ours and current? The token is taken exactly as given. */
export function verify(token: string, options: VerifyOptions): Verification;

/** Would this configuration let a token with these claims in? Says nothing of the token's signature. */
export function evaluate(claims: string | Record<string, unknown>, trust: Trust, options?: EvaluateOptions): TrustResult;

/**
 * The decisions alone, for many claim sets: the configuration is read once, and nothing is explained. The same decisions as
 * `evaluate` gives for each, some ten times faster.
 */
export function decide(
  claims: (string | Record<string, unknown>)[],
  trust: Trust,
  options?: Pick<EvaluateOptions, "now" | "alg" | "partial">,
): Decision[];

/** Remarks on a configuration alone, without a token: `survey(trust).findings`. */
export function lint(trust: Trust, options?: Names): Finding[];

/** What can be said of a configuration without a token: it is tried with a made-up one that it lets in, if one can be found. */
export function survey(trust: Trust, options?: Names): Survey;

/**
 * What can be known of a job's token from this text? It may be a token or a part of one, claims as JSON, CloudTrail events of
 * `AssumeRoleWithWebIdentity` in whatever they are wrapped, or a log that holds one of these or a cloud's error message.
 * `null`: nothing. Nothing is verified, and nothing of a signature is kept.
 */
export function claimsFrom(text: string): Evidence | null;

/**
 * Every role trust policy and every workload identity pool provider in what `aws iam list-roles`, `get-role` or
 * `get-account-authorization-details`, or `gcloud iam workload-identity-pools providers list` or `describe` printed, in
 * `terraform show -json` of a plan or a state, in a state as Terraform stores it, in items of AWS Config and in CloudTrail's events
 * that set a role's policy, or in several such documents one after another; also a policy alone.
 */
export function trustsFrom(text: string): FoundTrust[];

/** What is this pasted text? */
export function detect(text: string): Detected;

/**
 * What does the message mean that a cloud printed? AWS, Google Cloud, Microsoft Entra and Azure, Vault and OpenBao; also those that
 * say that trust worked and a permission is missing, or that there was no token. A whole log may be given: the first line with a message
 * counts. `null`: none is known.
 */
export function explainError(text: string): Explanation | null;

/** The token without its signature; with `ids: true` also without the ids of user and pipeline. */
export function redact(token: string, options?: { ids?: boolean }): string;

/** What is needed to try the program without CircleCI. */
export function samples(): Samples;

/**
 * The only error that is thrown.
 *
 * - `ERR_ARGUMENT`: an argument has the wrong type, or is not plain data; the message names it.
 * - `ERR_TOO_LARGE`: an input is over its size limit.
 * - `ERR_WASM`: WebAssembly could not be started, or stopped.
 * - `ERR_FETCH`: the network, the time or an answer is at fault; of `fetchJwks` in `circleci-oidc/jwks` alone.
 *
 * Compare `code`, not the class: each entry of this package has one of its own, for `import` and for `require`.
 */
export class CircleciOidcError extends Error {
  readonly code: "ERR_ARGUMENT" | "ERR_TOO_LARGE" | "ERR_WASM" | "ERR_FETCH";
}
