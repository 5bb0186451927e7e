import type { CircleciOidcError as Contract } from "../types/index.js";

/** The only kind of error that the package throws; what a cloud or a verifier refuses is a value instead. */
export class CircleciOidcError extends Error implements Contract {
  readonly code: Contract["code"];

  constructor(code: Contract["code"], message: string, options?: { cause?: unknown }) {
    super(message);
    // An own property that does not show when the error is printed, as with every built-in error class.
    Object.defineProperty(this, "name", { value: "CircleciOidcError", configurable: true, writable: true });
    if (options && "cause" in options) {
      Object.defineProperty(this, "cause", { value: options.cause, configurable: true, writable: true });
    }
    this.code = code;
  }
}
