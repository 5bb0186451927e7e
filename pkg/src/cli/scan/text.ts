import type { Severity } from "circleci-oidc";

import { wantsColor } from "../output.js";
import { clean, cleanLines } from "../text/clean.js";
import { type Color, type Paint, painter } from "../text/paint.js";
import type { Writer } from "./command.js";
import type { Position } from "./resources.js";
import { type Remark, counted } from "./row.js";
import type { Summary } from "./summary.js";

/** Before what belongs to a finding. */
const MARGIN = "      ";
const COLORS: Record<Severity, Color> = { error: "red", warning: "yellow", info: "dim" };

/** One line a resource. */
export function asRows(): Writer {
  const paint = painter(wantsColor());
  return {
    begin: () => "",
    row(row) {
      const [worst, ...more] = counted(row);
      const parts = [
        row.decision.padEnd(7),
        row.resource.address,
        ...(worst === undefined ? [] : [`${worst.code} ${worst.title}${more.length > 0 ? ` (+${more.length})` : ""}`]),
        ...(row.dangerous.length > 0 ? [`lets in: ${row.dangerous.map(({ title }) => title).join("; ")}`] : []),
        ...(row.remarks.length > counted(row).length ? [`suppressed: ${row.remarks.filter(({ suppressed }) => suppressed).map(({ code }) => code).join(", ")}`] : []),
        placeOf(row.resource.file, worst?.at ?? row.resource.at),
      ];
      return `${worst === undefined ? "ok     " : paint(COLORS[worst.severity], worst.severity.padEnd(7))}  ${clean(parts.join("  "))}\n`;
    },
    end: summaryOf,
  };
}

/** Every finding, with what to do about it. */
export function asDetails(): Writer {
  const paint = painter(wantsColor());
  return {
    begin: () => "",
    row(row) {
      const { resource, remarks } = row;
      const head = `${clean(resource.address)}  ${placeOf(resource.file, resource.at)}`;
      const found = remarks.length === 0 ? ["  no findings"] : remarks.flatMap((remark) => detailsOf(remark, resource.file, paint));
      return `${[head, ...found].join("\n")}\n\n`;
    },
    end: summaryOf,
  };
}

function detailsOf(remark: Remark, file: string, paint: Paint): string[] {
  const { code, severity, title, detail, fix, reference, at, suppressed } = remark;
  const rest = [
    clean(detail),
    ...(fix === undefined ? [] : [`Fix: ${cleanLines(fix, `${MARGIN}     `)}`]),
    ...(reference === undefined ? [] : [clean(`See ${reference}`)]),
    ...(suppressed === undefined ? [] : [clean(`Suppressed until ${suppressed.expires}: ${suppressed.reason}`)]),
  ];
  const word = suppressed === undefined ? paint(COLORS[severity], severity) : "suppressed";
  return [`  ${word}  ${clean(`${code} ${title}  ${placeOf(file, at)}`)}`, ...rest.map((line) => `${MARGIN}${line}`)];
}

function summaryOf({ resources, others, findings, problems, remarks }: Summary): string {
  const { error, warning, info, suppressed } = findings;
  const seen = `${count(resources, "resource")} looked at, ${others} about other identity providers`;
  const found = `${count(error, "error")}, ${count(warning, "warning")}, ${info} info, ${suppressed} suppressed`;
  const lines = [`${seen}. Findings: ${found}.`, ...remarks];
  if (problems.length > 0) lines.push(`Not complete: ${count(problems.length, "problem")} on the way.`);
  return `${lines.map(clean).join("\n")}\n`;
}

function placeOf(file: string, at: Position | undefined): string {
  return at === undefined ? file : `${file}:${at.line}:${at.column}`;
}

function count(number: number, thing: string): string {
  return `${number} ${thing}${number === 1 ? "" : "s"}`;
}
