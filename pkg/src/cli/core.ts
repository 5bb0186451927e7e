import * as core from "circleci-oidc";
import type { Span, Trust } from "circleci-oidc";

export interface FoundTrust {
  trust: Trust;
  address: string;
  when?: "before" | "after";
  at?: Span;
}

export const { trustsFrom } = core as unknown as { trustsFrom(text: string): FoundTrust[] };
