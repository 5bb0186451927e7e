import type { Writer } from "./command.js";
import { type Row, counted } from "./row.js";

/** One object with a list of resources, written as they come. */
export function asJson(): Writer {
  let separator = "";
  return {
    begin: () => '{"schema":1,"resources":[',
    row(row) {
      const text = `${separator}\n${JSON.stringify(plain(row))}`;
      separator = ",";
      return text;
    },
    end({ resources, others, findings, problems, remarks }) {
      const summary = { resources, others, findings, complete: problems.length === 0, problems, suppressions: remarks };
      return `\n],"summary":${JSON.stringify(summary)}}\n`;
    },
  };
}

function plain(row: Row): unknown {
  const { resource, provider, name, decision, claims, remarks, dangerous } = row;
  const { file, at, address } = resource;
  const findings = remarks.map(({ suppressed, ...finding }) => {
    return { ...finding, suppressed: suppressed && { reason: suppressed.reason, expires: suppressed.expires } };
  });
  return { file, at, address, provider, name, decision, worst: counted(row)[0]?.severity, findings, dangerous, claims };
}
