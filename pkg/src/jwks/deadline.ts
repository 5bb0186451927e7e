import type { Signal } from "../../types/jwks.js";
import { failure } from "./failure.js";

/** Runs `work` until the time is over or the caller ends it, also where whatever it waits for takes no notice of that. */
export async function within<T>(timeout: number, outer: Signal | undefined, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const ended = () => failure("the caller ended it", { cause: outer?.reason });
  if (outer?.aborted) throw ended();
  const controller = new AbortController();
  let stop!: (error: unknown) => void;
  const stopped = new Promise<never>((_, reject) => (stop = reject));
  const abandon = () => stop(ended());
  const timer = setTimeout(() => stop(failure(`it took longer than ${timeout} ms`)), timeout);
  outer?.addEventListener("abort", abandon);
  try {
    return await Promise.race([stopped, work(controller.signal)]);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener("abort", abandon);
    // Closes what is still open: a connection, or an answer that nobody reads to its end.
    controller.abort();
  }
}
