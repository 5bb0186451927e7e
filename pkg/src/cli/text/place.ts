import type { Span } from "circleci-oidc";

/** `line 15:37` of the configuration that the report is about; of another input with its name: `line 1:981 of token`. */
export function place({ input, line, column }: Span): string {
  return `line ${line}:${column}${input.startsWith("trust") ? "" : ` of ${input}`}`;
}
