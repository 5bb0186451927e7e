/** Work without a break, in milliseconds. */
const SLICE = 12;

/** Newer inputs have ended the work on older ones. */
export class Over extends Error {}

/** Parts long work, so that what somebody types comes in between. */
export class Slices {
  #began = performance.now();

  constructor(private readonly isOver: () => boolean) {}

  /** Between two parts: a break, if the last one was long enough ago. */
  async pause(): Promise<void> {
    if (performance.now() - this.#began >= SLICE) await this.#after(new Promise((resolve) => setTimeout(resolve)));
  }

  /** A break until the browser has nothing else to do. */
  idle(): Promise<void> {
    return this.#after(new Promise((resolve) => ("requestIdleCallback" in window ? requestIdleCallback(() => resolve(), { timeout: 300 }) : setTimeout(resolve, 30))));
  }

  /** A break until something has happened. */
  until(happened: Promise<void>): Promise<void> {
    return this.#after(happened);
  }

  async #after(happened: Promise<void>): Promise<void> {
    await happened;
    if (this.isOver()) throw new Over();
    this.#began = performance.now();
  }
}
