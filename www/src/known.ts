import { type Configurations, configurationsIn } from "./configurations.js";
import type { Inputs } from "./inputs.js";
import { problemOf } from "./judging.js";
import { type Reading, read, withoutSignatures } from "./reading.js";
import type { Judged } from "./results.js";
import type { Slices } from "./slices.js";

/** What was found out earlier and still holds: of a keystroke only what it changed is worked out again. */
export class Known {
  #reading: { text: string; reading: Reading } | undefined;
  #configurations: { text: string; beside: string; found: Configurations } | undefined;
  #answers = new Map<string, Judged>();
  /** What the answers depend on beside the configuration. */
  #world: unknown[] = [];

  /** What the entry field holds. A token is read each time: nothing here keeps a signature. */
  async reading(entry: string, slices: Slices): Promise<Reading> {
    const text = withoutSignatures(entry);
    if (this.#reading?.text === text) return this.#reading.reading;
    const reading = await readSafely(entry, slices);
    this.#reading = reading.kind === "token" ? undefined : { text, reading };
    return reading;
  }

  async configurations({ configurations: text, beside }: Inputs, slices: Slices): Promise<Configurations> {
    if (this.#configurations?.text !== text || this.#configurations.beside !== beside) {
      this.#configurations = { text, beside, found: await foundSafely(text, beside, slices) };
    }
    return this.#configurations.found;
  }

  /** Each configuration, with its answer if it had one in the same world. */
  judged({ list, problem }: Configurations, world: unknown[]): Judged[] {
    // Somebody in the middle of a change: what is no document now will be one again.
    if (problem !== undefined) return [];
    const same = world.length === this.#world.length && world.every((one, index) => one === this.#world[index]);
    const before = same ? this.#answers : new Map<string, Judged>();
    this.#answers = new Map();
    this.#world = world;
    return list.map((configuration) => {
      const known = before.get(keyOf({ configuration }));
      const judged = known === undefined ? { configuration, complete: false } : { ...known, configuration };
      this.keep(judged);
      return judged;
    });
  }

  keep(judged: Judged): void {
    this.#answers.set(keyOf(judged), judged);
  }
}

/** Where it stands in a document does not change its answer. */
function keyOf({ configuration: { trust } }: Pick<Judged, "configuration">): string {
  return JSON.stringify(trust);
}

async function readSafely(text: string, slices: Slices): Promise<Reading> {
  try {
    return await read(text, slices);
  } catch (error) {
    return { kind: "other", what: problemOf(error), advice: "Paste less of it: the part that is about this job." };
  }
}

async function foundSafely(text: string, beside: string, slices: Slices): Promise<Configurations> {
  try {
    return await configurationsIn(text, beside, slices);
  } catch (error) {
    return { list: [], problem: { what: problemOf(error), advice: "Paste less of it: the configurations that matter." } };
  }
}
