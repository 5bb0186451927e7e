import { clean } from "../text/clean.js";
import { painter } from "../text/paint.js";
import type { Verdict } from "./verdict.js";

/** For people: a line an expectation, and below a failed one what was answered and why. */
export function asText(verdicts: readonly Verdict[], color: boolean): string {
  const width = Math.max(...verdicts.map((verdict) => title(verdict).length));
  const paint = painter(color);
  const lines = verdicts.flatMap((verdict) => {
    if (verdict.passed) return [`${paint("green", "✓")} ${title(verdict).padEnd(width)}  ${verdict.actual}`];
    return [`${paint("red", "✗")} ${title(verdict).padEnd(width)}  ${paint("red", mismatch(verdict))}`, `    ${verdict.file}:${verdict.line}`, `    ${clean(verdict.headline)}`];
  });
  const failed = verdicts.filter(({ passed }) => !passed).length;
  return [...lines, "", `${verdicts.length - failed} passed, ${failed} failed`].join("\n");
}

export function asJson(verdicts: readonly Verdict[]): string {
  const failed = verdicts.filter(({ passed }) => !passed).length;
  const tests = verdicts.map(({ file, line, configuration, claims, decision, reason, passed, actual, headline, decidedBy }) => {
    return { file, line, configuration, claims, expected: decision, reason, passed, actual, headline, decidedBy };
  });
  return JSON.stringify({ schema: 1, passed: verdicts.length - failed, failed, tests }, null, 2);
}

/** JUnit's XML as CI systems read it: a suite for each configuration, without times, so that the same cases make the same file. */
export function asJunit(verdicts: readonly Verdict[]): string {
  const suites = new Map<string, Verdict[]>();
  for (const verdict of verdicts) {
    const key = JSON.stringify([verdict.file, verdict.configuration]);
    suites.set(key, [...(suites.get(key) ?? []), verdict]);
  }
  const inner = [...suites.values()].flatMap((tests) => {
    const [{ file, configuration }] = tests as [Verdict];
    return [`  <testsuite name="${xml(configuration)}" file="${xml(file)}" ${counts(tests)}>`, ...tests.flatMap(testcase), "  </testsuite>"];
  });
  return ['<?xml version="1.0" encoding="UTF-8"?>', `<testsuites name="circleci-oidc" ${counts(verdicts)}>`, ...inner, "</testsuites>"].join("\n");
}

function testcase(verdict: Verdict): string[] {
  const { configuration, claims, file, line, passed, headline } = verdict;
  const open = `    <testcase classname="${xml(configuration)}" name="${xml(claims)}" file="${xml(file)}" line="${line}"`;
  if (passed) return [`${open}/>`];
  return [`${open}>`, `      <failure message="${xml(mismatch(verdict))}">${xml(headline)}</failure>`, "    </testcase>"];
}

function counts(verdicts: readonly Verdict[]): string {
  return `tests="${verdicts.length}" failures="${verdicts.filter(({ passed }) => !passed).length}" errors="0"`;
}

function title({ configuration, claims }: Verdict): string {
  return clean(`${configuration} / ${claims}`);
}

function mismatch({ decision, actual, reason, decidedBy }: Verdict): string {
  const by = decidedBy === undefined ? "" : ` (${decidedBy})`;
  return decision === actual ? `${decision}, but not because of ${reason}${by}` : `expected ${decision}, got ${actual}${by}`;
}

/** What XML 1.0 has no character for is shown as its number (https://www.w3.org/TR/xml/#charsets). */
function xml(text: string): string {
  const allowed = text.replace(/[^\t\n\r\u{20}-\u{d7ff}\u{e000}-\u{fffd}\u{10000}-\u{10ffff}]/gu, (character) => `\\u{${character.codePointAt(0)!.toString(16)}}`);
  return allowed.replace(/[&<>"'\t\n\r]/g, (character) => `&#${character.charCodeAt(0)};`);
}
