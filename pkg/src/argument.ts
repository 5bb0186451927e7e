import { CircleciOidcError } from "./error.js";

/** As deep as the core reads JSON (its `DEPTH`); said here so that the message can name the place. */
const DEPTH = 64;
/** Characters of JSON text in one call. The core's own limits for a token, a key set or a configuration are far below it;
 *  this one keeps an object that refers to another many times from growing without end. */
const CHARACTERS = 32 * 1024 * 1024;

/** The time to fill in where the object to which the names of `path` lead names none. */
export interface Clock {
  path: string[];
  /** Epoch seconds. */
  now: number;
}

/**
 * The JSON text of an argument object.
 *
 * `JSON.stringify` would change what was said: NaN becomes null, a function disappears, a Date or an object with `toJSON`
 * becomes something else, a lone surrogate becomes an escape that no UTF-8 has. A check that silently got another value is
 * worse than none, so anything but plain data is refused with its path. Members that are `undefined` are left out, as if
 * they were not there. Types and names are the core's business.
 */
export function toJson(argument: unknown, clock?: Clock): string {
  let text = "";
  // The objects around the present place, and the names and indexes that lead to it. Written out as a path only for an error.
  const above: object[] = [];
  const trail: (string | number)[] = [];
  // Written once, however many claim sets have it.
  const names = new Map<string, string>();

  const place = (): string => trail.reduce<string>(below, "");

  const refuse = (message: string): CircleciOidcError => {
    const path = place();
    return new CircleciOidcError("ERR_ARGUMENT", path === "" ? message : `${path}: ${message}`);
  };

  const write = (part: string) => {
    if (text.length + part.length > CHARACTERS) {
      throw new CircleciOidcError("ERR_TOO_LARGE", `the arguments have more than ${CHARACTERS} characters of JSON`);
    }
    text += part;
  };

  const quoted = (value: string): string => {
    // Measured before it is copied.
    if (value.length > CHARACTERS) write(value);
    if (HALF.test(value)) throw refuse("the string is not well-formed Unicode: it holds half of a surrogate pair");
    return JSON.stringify(value);
  };

  const visit = (value: unknown): void => {
    if (trail.length > DEPTH) throw new CircleciOidcError("ERR_TOO_LARGE", `${place()}: nested deeper than ${DEPTH} levels`);
    switch (typeof value) {
      case "string":
        return write(quoted(value));
      case "boolean":
        return write(value ? "true" : "false");
      case "number":
        if (!Number.isFinite(value)) throw refuse(`${value} is not a number that JSON has`);
        return write(JSON.stringify(value));
      case "object":
        return value === null ? write("null") : composite(value);
      case "undefined":
        throw refuse("expected a value, got undefined");
      default:
        throw refuse(`expected plain data, got a ${typeof value}`);
    }
  };

  const composite = (value: object) => {
    if (above.includes(value)) throw refuse("the object contains itself");
    above.push(value);
    if (Array.isArray(value)) {
      write("[");
      for (let index = 0; index < value.length; index += 1) {
        if (index > 0) write(",");
        trail.push(index);
        visit(value[index]);
        trail.pop();
      }
      write("]");
    } else {
      if (!isPlain(value)) throw refuse(`expected plain data, got an object of the class ${className(value)}`);
      members(value as Record<string, unknown>);
    }
    above.pop();
  };

  const members = (value: Record<string, unknown>) => {
    const symbol = Object.getOwnPropertySymbols(value).find((key) => Object.prototype.propertyIsEnumerable.call(value, key));
    if (symbol !== undefined) throw refuse("a member is named by a symbol");
    let separator = "{";
    let clockIsNamed = false;
    for (const name of Object.keys(value)) {
      const member = value[name];
      if (member === undefined) continue;
      trail.push(name);
      let written = names.get(name);
      if (written === undefined) names.set(name, (written = `${quoted(name)}:`));
      write(separator);
      write(written);
      visit(member);
      trail.pop();
      separator = ",";
      clockIsNamed ||= name === "now";
    }
    if (clock !== undefined && !clockIsNamed && trail.length === clock.path.length && trail[0] === clock.path[0]) {
      write(`${separator}"now":${clock.now}`);
      separator = ",";
    }
    write(separator === "{" ? "{}" : "}");
  };

  try {
    visit(argument);
  } catch (error) {
    if (error instanceof CircleciOidcError) throw error;
    // A getter or a proxy of the caller's threw.
    throw new CircleciOidcError("ERR_ARGUMENT", "an argument could not be read: reading one of its members threw an error", {
      cause: error,
    });
  }
  return text;
}

/** `trust[0].policy`, as the core names it; a name that is no identifier stands in brackets. */
function below(path: string, name: string | number): string {
  if (typeof name === "number") return `${path}[${name}]`;
  if (/^[A-Za-z_$][\w$-]*$/.test(name)) return path === "" ? name : `${path}.${name}`;
  return `${path}[${JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}…` : name)}]`;
}

/** Half of a surrogate pair: with the flag `u` a pair is one character, so the class meets only halves.
 *  `String.prototype.isWellFormed` came with Node 20 and the browsers of 2023. */
const HALF = /[\uD800-\uDFFF]/u;

/** Made by `{}` or `JSON.parse`, here or in another realm (a frame, a vm context), or without a prototype. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || (Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype as object, "isPrototypeOf"));
}

function className(value: object): string {
  const name: unknown = Object.getPrototypeOf(value)?.constructor?.name;
  return typeof name === "string" && name !== "" ? name.slice(0, 80) : "(unnamed)";
}
