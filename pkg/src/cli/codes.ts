declare const __CODES__: Record<string, string>;

/** What every code stands for; docs/codes.md, filled in by the build. */
export const CODES: ReadonlyMap<string, string> = new Map(Object.entries(__CODES__));
