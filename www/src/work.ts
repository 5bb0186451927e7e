import { checkIn, withCheck } from "./checked.js";
import type { Inputs } from "./inputs.js";
import { type Told, judge, look, problemOf, report } from "./judging.js";
import { Known } from "./known.js";
import type { Reading } from "./reading.js";
import type { Checked, Judged, Results } from "./results.js";
import { failed } from "./said.js";
import { Over, Slices } from "./slices.js";

/** After the last keystroke, in milliseconds: at least so long, and with large inputs as long as they took the last time. */
const DELAY = { least: 60, most: 1000 };
/** So many configurations are worked out completely without being asked for. */
const UNASKED = 6;

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
  #known = new Known();

  constructor(publish: (results: Results) => void) {
    this.#publish = publish;
  }

  /** New inputs; `delay` 0 where nobody is typing. */
  start(inputs: Inputs, delay = Math.min(DELAY.most, Math.max(DELAY.least, this.#took))): void {
    this.#generation += 1;
    this.#wake?.();
    clearTimeout(this.#timer);
    if (inputs.entry === "") this.#checked = undefined;
    this.#timer = setTimeout(() => void this.#run(inputs, this.#slices(this.#generation)), delay);
  }

  /** Apart from the inputs, because what is asked here would keep all that is known where it was written. */
  #slices(generation: number): Slices {
    return new Slices(() => generation !== this.#generation);
  }

  /** Somebody looks at this one: it is worked out completely. */
  want(index: number): void {
    this.#wanted.add(index);
    this.#wake?.();
  }

  async #run(inputs: Inputs, slices: Slices): Promise<void> {
    try {
      const started = performance.now();
      const results = await this.#first(inputs, slices);
      this.#took = performance.now() - started;
      // What waits for somebody to open a configuration must not keep a signature.
      inputs = { ...inputs, entry: "" };
      await this.#answer(results, inputs, slices);
    } catch (error) {
      if (!(error instanceof Over)) failed(error);
    }
  }

  /** What the texts are, and what the token says. */
  async #first(inputs: Inputs, slices: Slices): Promise<Results> {
    const reading = await this.#known.reading(inputs.entry, slices);
    await slices.pause();
    const configurations = await this.#known.configurations(inputs, slices);
    await slices.pause();
    const results: Results = { reading, configurations, judged: [], settled: false };
    const told = toldIn(reading);
    if (told !== undefined) {
      try {
        const made = report(told, inputs, Math.floor(Date.now() / 1000));
        const checked = checkIn(told, made, inputs);
        this.#checked = checked ?? this.#checked;
        if (checked !== undefined) results.reading = { kind: "token", token: checked.token, signed: false };
        const whole = withCheck(made, results.reading, inputs, this.#checked);
        Object.assign(results, { report: whole, checked, dropped: whole !== made });
      } catch (error) {
        results.problem = problemOf(error);
      }
    }
    const { reading: kept } = results;
    results.judged = this.#known.judged(configurations, [kept.kind === "token" ? kept.token : toldIn(kept), inputs.clock, inputs.names]);
    return results;
  }

  /** The decisions, then for each configuration that somebody looks at everything: fixes are proved and other tokens tried. */
  async #answer(results: Results, inputs: Inputs, slices: Slices): Promise<void> {
    const { judged, reading } = results;
    const told = toldIn(reading);
    const answer = (index: number, complete: boolean) => {
      const one = judged[index];
      if (one !== undefined) this.#known.keep((judged[index] = answered(one, told, inputs, complete)));
    };
    // Never a panel without its decision where somebody looks: the page would shrink, and grow again.
    for (const index of judged.keys()) {
      const { result, problem } = judged[index] ?? {};
      if (told === undefined || result !== undefined || problem !== undefined) continue;
      await slices.pause();
      answer(index, false);
      if (index === UNASKED) this.#publish({ ...results });
    }
    this.#publish({ ...results });
    for (;;) {
      const index = judged.findIndex((one, at) => !one.complete && (at < UNASKED || this.#wanted.has(at)));
      if (index < 0) {
        this.#publish({ ...results, settled: true });
        if (judged.every(({ complete }) => complete)) return;
        await slices.until(new Promise((resolve) => (this.#wake = resolve)));
        continue;
      }
      await slices.idle();
      answer(index, true);
      this.#publish({ ...results });
    }
  }
}

/** A reading that tells of a job. */
function toldIn(reading: Reading): Told | undefined {
  return reading.kind === "token" || reading.kind === "evidence" ? reading : undefined;
}

/** As a new object: what shows it then knows that it changed. */
function answered({ configuration }: Judged, told: Told | undefined, inputs: Inputs, complete: boolean): Judged {
  try {
    return told === undefined ? { configuration, complete, survey: look(configuration, inputs) } : { configuration, complete, result: judge(told, configuration, inputs, complete) };
  } catch (error) {
    return { configuration, complete: true, problem: problemOf(error) };
  }
}
