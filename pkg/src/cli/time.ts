import { Problem, quoted } from "./problem.js";

const ISO = /^(\d{4}-\d\d-\d\d)T\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)$/;

/** Epoch seconds from epoch seconds or ISO 8601. A time without a zone would mean another moment on another machine.
 *  `label`: how messages name it. */
export function epochSeconds(text: string, label = "--now"): number {
  if (/^\d{1,12}(\.\d+)?$/.test(text)) return Number(text);
  const date = ISO.exec(text)?.[1];
  const milliseconds = Date.parse(text);
  // Date.parse takes 30 February for 2 March.
  const real = date !== undefined && new Date(`${date}T00:00:00Z`).toISOString().startsWith(date);
  if (!real || Number.isNaN(milliseconds)) {
    throw new Problem(
      `${label} ${quoted(text)}: expected epoch seconds, or ISO 8601 with its zone`,
      `For example ${label} 1795167300, or ${label} 2026-11-20T09:35:00Z`,
    );
  }
  return milliseconds / 1000;
}

export function seconds(text: string): number {
  if (!/^\d{1,12}(\.\d+)?$/.test(text)) throw new Problem(`--leeway ${quoted(text)}: expected a number of seconds, 0 or more`);
  return Number(text);
}

/** Named once for a whole command, so that its status and its text are about the same moment. */
export function systemTime(): number {
  return Math.floor(Date.now() / 1000);
}
