import type { Severity } from "circleci-oidc";

import { type Row, counted } from "./row.js";

/** What was seen in the whole run. */
export class Summary {
  /** About CircleCI, or not known whom about. */
  resources = 0;
  /** About other identity providers. */
  others = 0;
  readonly findings: Record<Severity | "suppressed", number> = { error: 0, warning: 0, info: 0, suppressed: 0 };
  /** What could not be read. */
  readonly problems: string[] = [];
  /** About suppressions. */
  remarks: string[] = [];

  add(row: Row): void {
    this.resources += 1;
    const remarks = counted(row);
    for (const { severity } of remarks) this.findings[severity] += 1;
    this.findings.suppressed += row.remarks.length - remarks.length;
  }
}
