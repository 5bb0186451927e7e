import type { Decision, TrustResult, Verification } from "circleci-oidc";

/** Genuine, and let in everywhere that was asked about. */
export const FINE = 0;
/** Refused somewhere, or a configuration that the cloud would not store. */
export const REFUSED = 1;
/** A wrong option, or a file or key set that cannot be read. */
export const USAGE = 2;
/** Nothing refused, but something was not verified or is not known. */
export const UNKNOWN = 3;

export type Status = typeof FINE | typeof REFUSED | typeof USAGE | typeof UNKNOWN;

const DECISION: Record<Decision, Status> = { allow: FINE, deny: REFUSED, invalid: REFUSED, unknown: UNKNOWN };
const VERDICT: Record<Verification["verdict"], Status> = { valid: FINE, invalid: REFUSED, unverified: UNKNOWN };

/** What could not be read outweighs everything, then one refusal, then one unknown. */
export function worst(statuses: Status[]): Status {
  return [USAGE, REFUSED, UNKNOWN].find((status) => statuses.includes(status as Status)) as Status | undefined ?? FINE;
}

export function ofTrust(results: TrustResult[]): Status {
  return worst(results.map((result) => DECISION[result.decision] ?? UNKNOWN));
}

export function ofVerification(result: Verification): Status {
  return VERDICT[result.verdict] ?? UNKNOWN;
}

export function ofReport(report: { verification: Verification; trust: TrustResult[] }): Status {
  return worst([ofVerification(report.verification), ofTrust(report.trust)]);
}
