import type { Report, Step, Survey, TrustResult } from "circleci-oidc";

import type { Configuration, Configurations } from "./configurations.js";
import type { Reading } from "./reading.js";

/** A configuration and what is known of its answer so far. */
export interface Judged {
  configuration: Configuration;
  /** The decision and its explanation. */
  result?: TrustResult;
  /** Fixes were proved and other tokens tried: `result` has everything. */
  complete: boolean;
  /** In place of a result where there is no token. */
  survey?: Survey;
  /** Why there is no answer. */
  problem?: string;
}

/** What a signature's check said, of a token whose signature was then dropped. */
export interface Checked {
  token: string;
  keySet: string;
  steps: Step[];
}

/** Everything that the page shows. */
export interface Results {
  reading: Reading;
  report?: Report;
  /** Why the token could not be judged: a wrong key set, say. */
  problem?: string;
  checked?: Checked;
  /** The report says what was found of a signature that is not there any more. */
  dropped?: boolean;
  configurations: Configurations;
  judged: Judged[];
  settled: boolean;
}

export const NOTHING: Results = { reading: { kind: "nothing" }, configurations: { list: [] }, judged: [], settled: true };
