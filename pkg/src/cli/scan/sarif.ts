import { createHash } from "node:crypto";
import { isAbsolute, relative, sep } from "node:path";
import { pathToFileURL } from "node:url";

import { CODES } from "../codes.js";
import { VERSION } from "../version.js";
import type { Writer } from "./command.js";
import type { Remark, Row } from "./row.js";

const LEVELS = { error: "error", warning: "warning", info: "note" } as const;

/**
 * SARIF 2.1.0 (https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html), which code scanning services read. Results are
 * written as they come; the rules, which are known only then, stand after them.
 */
export function asSarif(): Writer {
  const rules = new Map<string, { index: number; rule: object }>();
  const fingerprints = new Map<string, number>();
  let separator = "";
  const ruleOf = (remark: Remark) => {
    const known = rules.get(remark.code) ?? { index: rules.size, rule: describe(remark) };
    rules.set(remark.code, known);
    return known.index;
  };
  return {
    begin: () => '{"$schema":"https://json.schemastore.org/sarif-2.1.0.json","version":"2.1.0","runs":[{"results":[',
    row(row) {
      const results = row.remarks.map((remark) => resultOf(row, remark, ruleOf(remark), fingerprint(row, remark, fingerprints)));
      const text = results.map((result) => `${separator && ","}\n${((separator = ","), JSON.stringify(result))}`).join("");
      return text;
    },
    end({ problems, remarks }) {
      const notifications = [...problems.map((text) => ({ level: "error", message: { text } })), ...remarks.map((text) => ({ level: "warning", message: { text } }))];
      const rest = {
        tool: { driver: { name: "circleci-oidc", semanticVersion: VERSION, rules: [...rules.values()].map(({ rule }) => rule) } },
        columnKind: "utf16CodeUnits",
        invocations: [{ executionSuccessful: problems.length === 0, toolExecutionNotifications: notifications }],
      };
      return `\n],${JSON.stringify(rest).slice(1)}]}\n`;
    },
  };
}

function describe({ code, severity, title, reference }: Remark): object {
  const text = CODES.get(code) ?? title;
  return {
    id: code,
    shortDescription: { text },
    fullDescription: { text },
    help: { text: reference === undefined ? text : `${text}\n${reference}` },
    helpUri: reference,
    defaultConfiguration: { level: LEVELS[severity] },
  };
}

function resultOf({ resource, dangerous }: Row, remark: Remark, ruleIndex: number, print: string): object {
  const { code, severity, title, detail, fix, suppressed } = remark;
  const at = remark.at ?? resource.at;
  const sentences = [`${resource.address}: ${title}.`, detail, ...(fix === undefined ? [] : [`Fix: ${fix}`])];
  return {
    ruleId: code,
    ruleIndex,
    level: LEVELS[severity],
    message: { text: sentences.join("\n") },
    locations: [
      {
        physicalLocation: {
          artifactLocation: { uri: uriOf(resource.path) },
          region: at && { startLine: at.line, startColumn: at.column },
        },
        logicalLocations: [{ fullyQualifiedName: resource.address, kind: "resource" }],
      },
    ],
    partialFingerprints: { "resourceAndCode/v1": print },
    suppressions: suppressed === undefined ? [] : [{ kind: "external", status: "accepted", justification: suppressed.reason, properties: { expires: suppressed.expires } }],
    properties: { dangerous: dangerous.map((probe) => probe.code) },
  };
}

/** The same finding of the same resource, wherever in the file it has moved to. */
function fingerprint({ resource }: Row, { code }: Remark, seen: Map<string, number>): string {
  const key = createHash("sha256").update(JSON.stringify([resource.address, code])).digest("hex").slice(0, 32);
  const occurrence = (seen.get(key) ?? 0) + 1;
  seen.set(key, occurrence);
  return `${key}:${occurrence}`;
}

/** Relative to where the command runs, as code scanning expects it: of the repository's root. */
function uriOf(file: string): string {
  if (file === "-") return "stdin";
  const path = relative(process.cwd(), file);
  if (isAbsolute(path) || path.startsWith("..")) return pathToFileURL(file).href;
  return encodeURI(path.replaceAll(sep, "/")).replace(/[?#]/g, encodeURIComponent);
}
