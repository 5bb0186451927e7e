import type { Decision } from "circleci-oidc";

/** As the core's text says it. */
export const DECISIONS: Record<Decision, string> = { allow: "ALLOWED", deny: "DENIED", invalid: "NOT STORED", unknown: "UNKNOWN" };
