declare const __VERSION__: string;

/** Filled in by the build. */
export const VERSION = __VERSION__;
