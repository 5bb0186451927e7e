/** Everything that somebody put into the page. Kept in memory alone, and gone with the page. */
export interface Inputs {
  /** What the job sent, as far as they hold it. */
  entry: string;
  /** Configurations: any provider, one or many. */
  configurations: string;
  /** What belongs beside a configuration: members of it as a JSON object, or one such document. */
  beside: string;
  organization: string;
  /** Accepted audience; empty: the organization's id. */
  audience: string;
  keySet: string;
  /** What ids are called, as a JSON object. */
  names: string;
  /** Epoch seconds; left out: the system's clock, and configurations as of when the token was minted. */
  clock?: number;
}

export const EMPTY: Inputs = { entry: "", configurations: "", beside: "", organization: "", audience: "", keySet: "", names: "" };
