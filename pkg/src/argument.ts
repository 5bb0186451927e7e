import { CircleciOidcError } from "./error.js";

/** As deep as the core reads JSON (its `DEPTH`); said here so that the message can name the place. */
const DEPTH = 64;
/** Characters of JSON text in one call. The core's own limits for a token, a key set or a configuration are far below it;
 *  this one keeps an object that refers to another many times from growing without end. */
const CHARACTERS = 32 * 1024 * 1024;

/** The time to fill in where the object at `path` names none. */
export interface Clock {
  path: string;
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
  const parts: string[] = [];
  let size = 0;
  const above = new Set<object>();

  const write = (text: string) => {
    size += text.length;
    if (size > CHARACTERS) {
      throw new CircleciOidcError("ERR_TOO_LARGE", `the arguments have more than ${CHARACTERS} characters of JSON`);
    }
    parts.push(text);
  };

  const string = (value: string, path: string) => {
    // Measured before it is copied.
    if (value.length > CHARACTERS) write(value);
    if (!isWellFormed(value)) throw refuse(path, "the string is not well-formed Unicode: it holds half of a surrogate pair");
    write(JSON.stringify(value));
  };

  const visit = (value: unknown, path: string, depth: number): void => {
    if (depth > DEPTH) throw new CircleciOidcError("ERR_TOO_LARGE", `${path}: nested deeper than ${DEPTH} levels`);
    switch (typeof value) {
      case "string":
        return string(value, path);
      case "boolean":
        return write(value ? "true" : "false");
      case "number":
        if (!Number.isFinite(value)) throw refuse(path, `${value} is not a number that JSON has`);
        return write(JSON.stringify(value));
      case "object":
        return value === null ? write("null") : composite(value, path, depth);
      case "undefined":
        throw refuse(path, "expected a value, got undefined");
      default:
        throw refuse(path, `expected plain data, got a ${typeof value}`);
    }
  };

  const composite = (value: object, path: string, depth: number) => {
    if (above.has(value)) throw refuse(path, "the object contains itself");
    above.add(value);
    if (Array.isArray(value)) {
      write("[");
      for (let index = 0; index < value.length; index += 1) {
        if (index > 0) write(",");
        visit(value[index], `${path}[${index}]`, depth + 1);
      }
      write("]");
    } else {
      if (!isPlain(value)) throw refuse(path, `expected plain data, got an object of the class ${className(value)}`);
      members(value as Record<string, unknown>, path, depth);
    }
    above.delete(value);
  };

  const members = (value: Record<string, unknown>, path: string, depth: number) => {
    const symbol = Object.getOwnPropertySymbols(value).find((key) => Object.prototype.propertyIsEnumerable.call(value, key));
    if (symbol !== undefined) throw refuse(path, "a member is named by a symbol");
    let separator = "{";
    let clockIsNamed = false;
    for (const name of Object.keys(value)) {
      const member = value[name];
      if (member === undefined) continue;
      const at = memberPath(path, name);
      write(separator);
      string(name, at);
      write(":");
      visit(member, at, depth + 1);
      separator = ",";
      clockIsNamed ||= name === "now";
    }
    if (clock !== undefined && path === clock.path && !clockIsNamed) {
      write(`${separator}"now":${clock.now}`);
      separator = ",";
    }
    write(separator === "{" ? "{}" : "}");
  };

  try {
    visit(argument, "", 0);
  } catch (error) {
    if (error instanceof CircleciOidcError) throw error;
    // A getter or a proxy of the caller's threw.
    throw new CircleciOidcError("ERR_ARGUMENT", "an argument could not be read: reading one of its members threw an error", {
      cause: error,
    });
  }
  return parts.join("");
}

function refuse(path: string, message: string): CircleciOidcError {
  return new CircleciOidcError("ERR_ARGUMENT", path === "" ? message : `${path}: ${message}`);
}

/** `trust[0].policy`, as the core names it; a name that is no identifier stands in brackets. */
function memberPath(path: string, name: string): string {
  if (/^[A-Za-z_$][\w$-]*$/.test(name)) return path === "" ? name : `${path}.${name}`;
  return `${path}[${JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}…` : name)}]`;
}

/** `String.prototype.isWellFormed` came with Node 20 and the browsers of 2023. With the flag `u` a pair is one character,
 *  so the class meets only halves. */
function isWellFormed(text: string): boolean {
  return !/[\uD800-\uDFFF]/u.test(text);
}

/** Made by `{}` or `JSON.parse`, here or in another realm (a frame, a vm context), or without a prototype. */
function isPlain(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || (Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype as object, "isPrototypeOf"));
}

function className(value: object): string {
  const name: unknown = Object.getPrototypeOf(value)?.constructor?.name;
  return typeof name === "string" && name !== "" ? name.slice(0, 80) : "(unnamed)";
}
