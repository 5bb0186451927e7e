const UNITS = [
  [86_400, "day"],
  [3_600, "h"],
  [60, "min"],
  [1, "s"],
] as const;

/** `2025-11-13 22:03:52 UTC`; a fraction is cut off. */
export function utc(seconds: number): string {
  const whole = Math.floor(seconds);
  const date = new Date(whole * 1000);
  if (Number.isNaN(date.getTime()) || Math.abs(date.getUTCFullYear()) > 9999) return `${whole} s after 1970`;
  return `${date.toISOString().slice(0, -5).replace("T", " ")} UTC`;
}

/** `12 min ago` or `in 12 min`, seen from `now`: the two largest units, rounded down. */
export function relative(seconds: number, now: number): string {
  if (Math.floor(seconds) === Math.floor(now)) return "now";
  return seconds < now ? `${duration(now - seconds)} ago` : `in ${duration(seconds - now)}`;
}

function duration(seconds: number): string {
  let rest = Math.floor(seconds);
  const parts: string[] = [];
  for (const [unit, name] of UNITS) {
    const count = Math.floor(rest / unit);
    rest %= unit;
    if (count > 0) parts.push(`${count} ${name}${name === "day" && count !== 1 ? "s" : ""}`);
    if (parts.length === 2 || (parts.length > 0 && count === 0)) break;
  }
  return parts.join(" ") || "0 s";
}
