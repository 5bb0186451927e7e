import type { Decision, Outcome, ProviderId, Severity } from "circleci-oidc";

/** A word and a shape beside each colour: nothing is told by colour alone. */
export interface Sign {
  word: string;
  mark: string;
  tone: "good" | "bad" | "open" | "quiet";
}

export const DECISIONS: Record<Decision, Sign> = {
  allow: { word: "Allowed", mark: "✓", tone: "good" },
  deny: { word: "Denied", mark: "✕", tone: "bad" },
  invalid: { word: "Not stored", mark: "⊘", tone: "bad" },
  unknown: { word: "Unknown", mark: "?", tone: "open" },
};

export const OUTCOMES: Record<Outcome, Sign> = {
  pass: { word: "passed", mark: "✓", tone: "good" },
  fail: { word: "failed", mark: "✕", tone: "bad" },
  unknown: { word: "not known", mark: "?", tone: "open" },
  not_applicable: { word: "not applicable", mark: "–", tone: "quiet" },
};

export const SEVERITIES: Record<Severity, Sign> = {
  error: { word: "Error", mark: "✕", tone: "bad" },
  warning: { word: "Warning", mark: "!", tone: "open" },
  info: { word: "Note", mark: "i", tone: "quiet" },
};

export const CLOUDS: Record<ProviderId, string> = { aws: "AWS", gcp: "Google Cloud", azure: "Azure", vault: "Vault" };
