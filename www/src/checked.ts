import type { Report, Step } from "circleci-oidc";

import type { Inputs } from "./inputs.js";
import { type Reading, unsigned } from "./reading.js";
import type { Checked } from "./results.js";

/** The steps that need the signature, which is dropped once they were taken. */
const OF_SIGNATURE = ["verify.format", "verify.header", "verify.key", "verify.signature"];

/** What to keep of a check, if there was one. */
export function checkIn(reading: Reading, report: Report, { keySet }: Inputs): Checked | undefined {
  if (reading.kind !== "token" || !reading.signed) return undefined;
  const { steps } = report.verification;
  const signature = steps.find(({ code }) => code === "verify.signature");
  if (signature?.outcome !== "pass" && signature?.outcome !== "fail") return undefined;
  return { token: unsigned(reading.token), keySet, steps: steps.filter(({ code }) => OF_SIGNATURE.includes(code)) };
}

/** The report with the steps of an earlier check in it, if that was of this token and this key set; another signature was not checked by it. */
export function withCheck(report: Report, reading: Reading, { keySet }: Inputs, checked: Checked | undefined): Report {
  if (checked === undefined || reading.kind !== "token" || reading.token !== checked.token || keySet !== checked.keySet) return report;
  const steps = report.verification.steps.map((step) => checked.steps.find(({ code }) => code === step.code) ?? step);
  const findings = report.decoded.findings.filter(({ code }) => code !== "token.no_signature");
  return { ...report, decoded: { ...report.decoded, findings }, verification: drawn(steps) };
}

/** What of several leads, as the core ranks them. */
const LEADING = ["claims", "signature", "issuer", "audience", "require", "time"];

/** The verdict on these steps: the core drew its own without the signature. */
function drawn(steps: Step[]): Report["verification"] {
  const titled = (list: string[]) => list.flatMap((name) => steps.filter(({ code }) => code === `verify.${name}`));
  for (const [outcome, verdict] of [["fail", "invalid"], ["unknown", "unverified"]] as const) {
    let leading = titled(LEADING).find((step) => step.outcome === outcome);
    if (leading === undefined) continue;
    const below = ({ children = [], code }: Step) => (code === "verify.signature" ? undefined : children.find((step) => step.outcome === outcome));
    for (let next = below(leading); next !== undefined; next = below(next)) leading = next;
    return { verdict, headline: [leading.title, leading.detail].filter(Boolean).join(". ") + (leading.detail === undefined ? "." : ""), steps };
  }
  return { verdict: "valid", headline: ["Genuine.", ...titled(["issuer", "audience", "time"]).map(({ title }) => `${title}.`)].join(" "), steps };
}
