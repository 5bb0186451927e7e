
import { checkIn, withCheck } from "./checked.js";
import { type Configurations, configurationsIn } from "./configurations.js";
import type { Inputs } from "./inputs.js";
import { type Told, judge, look, problemOf, report } from "./judging.js";
import { type Reading, read } from "./reading.js";
import type { Checked, Judged, Results } from "./results.js";

/** After the last keystroke, in milliseconds: at least so long, and with large inputs as long as they took the last time. */
const DELAY = { least: 60, most: 1000 };
/** Work without a break, in milliseconds. */
const SLICE = 12;
/** So many configurations are worked out completely without being asked for. */
const UNASKED = 6;

const sliceEnds = () => new Promise<void>((resolve) => setTimeout(resolve));
const idle = () =>
  new Promise<void>((resolve) => ("requestIdleCallback" in window ? requestIdleCallback(() => resolve(), { timeout: 300 }) : setTimeout(resolve, 30)));

/** Works out results in slices, the quick ones first; new inputs end the work on older ones. */
export class Work {
  readonly #publish: (results: Results) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #generation = 0;
  /** How long reading the inputs took the last time. */
  #took = 0;
  #wanted = new Set<number>();
  #wake: (() => void) | undefined;
  #checked: Checked | undefined;
  #configurations: { text: string; beside: string; found: Configurations } | undefined;

  constructor(publish: (results: Results) => void) {
    this.#publish = publish;
  }

  /** New inputs; `delay` 0 where nobody is typing. */
  start(inputs: Inputs, delay = Math.min(DELAY.most, Math.max(DELAY.least, this.#took))): void {
    this.#generation += 1;
    this.#wake?.();
    clearTimeout(this.#timer);
    if (inputs.entry === "") this.#checked = undefined;
    const generation = this.#generation;
    this.#timer = setTimeout(() => void this.#run(inputs, () => generation !== this.#generation), delay);
  }

  /** Somebody looks at this one: it is worked out completely. */
  want(index: number): void {
    this.#wanted.add(index);
    this.#wake?.();
  }

  async #run(given: Inputs, isOver: () => boolean): Promise<void> {
    const started = performance.now();
    const results = this.#first(given);
    // What waits for somebody to open a configuration must not keep a signature.
    const inputs = { ...given, entry: "" };
    this.#took = performance.now() - started;
    this.#publish(results);
    const { reading, judged } = results;
    const told = reading.kind === "token" || reading.kind === "evidence" ? reading : undefined;
    let began = performance.now();
    if (told !== undefined) {
      for (const one of judged) {
        if (performance.now() - began > SLICE) {
          await sliceEnds();
          if (isOver()) return;
          began = performance.now();
        }
        answer(one, told, inputs, false);
      }
    }
    this.#publish({ ...results });
    await this.#complete(results, told, inputs, isOver);
  }

  /** What the texts are, and what the token says. */
  #first(inputs: Inputs): Results {
    const configurations = this.#found(inputs);
    const judged: Judged[] = configurations.list.map((configuration) => ({ configuration, complete: false }));
    const reading = readSafely(inputs.entry);
    const results: Results = { reading, configurations, judged, settled: false };
    if (reading.kind !== "token" && reading.kind !== "evidence") return results;
    try {
      const made = report(reading, inputs, Math.floor(Date.now() / 1000));
      const checked = checkIn(reading, made, inputs);
      this.#checked = checked ?? this.#checked;
      const kept: Reading = checked === undefined ? reading : { kind: "token", token: checked.token, signed: false };
      return { ...results, reading: kept, report: withCheck(made, reading, inputs, this.#checked), checked };
    } catch (error) {
      return { ...results, problem: problemOf(error) };
    }
  }

  #found({ configurations: text, beside }: Inputs): Configurations {
    if (this.#configurations?.text !== text || this.#configurations.beside !== beside) {
      this.#configurations = { text, beside, found: foundSafely(text, beside) };
    }
    return this.#configurations.found;
  }

  /** Proves fixes and tries other tokens, one configuration at a time. */
  async #complete(results: Results, told: Told | undefined, inputs: Inputs, isOver: () => boolean): Promise<void> {
    const { judged } = results;
    for (;;) {
      const index = judged.findIndex((one, at) => !one.complete && (at < UNASKED || this.#wanted.has(at)));
      if (index < 0) {
        this.#publish({ ...results, settled: true });
        if (judged.every(({ complete }) => complete)) return;
        await new Promise<void>((resolve) => (this.#wake = resolve));
      } else {
        await idle();
      }
      if (isOver()) return;
      const one = judged[index];
      if (one === undefined) continue;
      answer(one, told, inputs, true);
      this.#publish({ ...results });
    }
  }
}

function answer(one: Judged, told: Told | undefined, inputs: Inputs, complete: boolean): void {
  one.complete = complete;
  try {
    if (told === undefined) one.survey = look(one.configuration, inputs);
    else one.result = judge(told, one.configuration, inputs, complete);
  } catch (error) {
    one.problem = problemOf(error);
  }
}

function readSafely(text: string): Reading {
  try {
    return read(text);
  } catch (error) {
    return { kind: "other", what: problemOf(error), advice: "Paste less of it: the part that is about this job." };
  }
}

function foundSafely(text: string, beside: string): Configurations {
  try {
    return configurationsIn(text, beside);
  } catch (error) {
    return { list: [], problem: { what: problemOf(error), advice: "Paste less of it: the configurations that matter." } };
  }
}
