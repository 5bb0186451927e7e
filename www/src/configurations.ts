import { CircleciOidcError, type FoundTrust, type Span, type Trust, detect, trustsFrom } from "circleci-oidc";

import type { Slices } from "./slices.js";

/** A configuration that was pasted. */
export interface Configuration {
  trust: Trust;
  /** What it is called where its result names nothing: its address in the document. */
  address?: string;
  when?: "before" | "after";
  /** The member of it that was pasted; others were given beside it. */
  main: string;
  /** What was pasted. */
  pasted: string;
  /** Lines of it before the text that spans count from. */
  above: number;
  /** Where a place is in it. */
  locate(span: Span): [start: number, end: number] | undefined;
}

export interface Configurations {
  list: Configuration[];
  /** Why there is none. */
  problem?: { what: string; advice: string };
}

type Members = Record<string, unknown>;

/** Every configuration in a text, with what was given beside it. */
export async function configurationsIn(text: string, beside: string, slices: Slices): Promise<Configurations> {
  if (text.trim() === "") return { list: [] };
  const more = membersIn(beside);
  if ("what" in more) return { list: [], problem: more };
  const found = manyIn(text);
  await slices.pause();
  const lines = counter(text);
  if (found.length > 1) return { list: found.map((one) => inside(text, one, more.members, lines)) };
  const detected = detect(text);
  if (detected.kind === "trust") {
    const trust = { provider: detected.provider, [detected.field]: text, ...more.members } as unknown as Trust;
    return { list: [{ trust, main: detected.field, pasted: text, above: 0, locate: (span) => (memberOf(span) === detected.field ? [span.start, span.end] : undefined) }] };
  }
  if (found.length === 0) return { list: [], problem: nothing(detected) };
  return { list: found.map((one) => inside(text, one, more.members, lines)) };
}

/** Counts the line breaks before a place; of places in their order each line is looked at once. */
function counter(text: string): (end: number) => number {
  let [at, count] = [0, 0];
  return (end) => {
    if (end < at) [at, count] = [0, 0];
    for (let next = text.indexOf("\n", at); next >= 0 && next < end; next = text.indexOf("\n", at)) [at, count] = [next + 1, count + 1];
    return count;
  };
}

/** Of a text that is no document `detect` says why. */
function manyIn(text: string): FoundTrust[] {
  try {
    return trustsFrom(text);
  } catch (error) {
    if (error instanceof CircleciOidcError && error.code === "ERR_ARGUMENT") return [];
    throw error;
  }
}

function inside(pasted: string, { trust, address, when, at }: FoundTrust, members: Members, lines: (end: number) => number): Configuration {
  const slice = at === undefined ? undefined : pasted.slice(at.start, at.end);
  const texts = Object.entries(trust).filter(([name, value]) => !["provider", "name"].includes(name) && typeof value === "string") as [string, string][];
  const [main, text] = texts.find(([, value]) => slice !== undefined && value.includes(slice)) ?? texts[0] ?? ["", ""];
  // What a document says of its owner stands around the configuration's own text.
  const before = slice === undefined ? -1 : text.indexOf(slice);
  const above = at === undefined || before < 0 ? 0 : lines(at.start) - counter(text)(before);
  const locate = (span: Span): [number, number] | undefined => {
    if (at === undefined || before < 0 || memberOf(span) !== main || span.start < before) return undefined;
    return [at.start - before + span.start, at.start - before + span.end];
  };
  return { trust: { ...trust, ...members } as Trust, address, when, main, pasted, above, locate };
}

/** The member of a configuration that a span points into: `policy` of `trust.policy`, `x[0]` of `trust.x[0]`. */
export function memberOf({ input }: Span): string {
  return input.slice(input.indexOf(".") + 1);
}

/** The text that a span points into, if it was given as text. */
export function textAt({ trust }: Configuration, span: Span): string | undefined {
  const [, name = "", index] = /^([^[]*)(?:\[(\d+)\])?$/.exec(memberOf(span)) ?? [];
  const member = (trust as unknown as Members)[name];
  const value: unknown = index !== undefined && Array.isArray(member) ? member[Number(index)] : member;
  return typeof value === "string" ? value : undefined;
}

function membersIn(text: string): { members: Members } | { what: string; advice: string } {
  if (text.trim() === "") return { members: {} };
  const detected = detect(text);
  if (detected.kind === "trust") return { members: { [detected.field]: text } };
  try {
    const read: unknown = JSON.parse(text);
    if (typeof read === "object" && read !== null && !Array.isArray(read)) return { members: read as Members };
  } catch {
    // Said below, with what to do.
  }
  return { what: "What stands beside the configuration is no JSON object", advice: 'Give its members by name, for example {"context": {"aws:SourceIp": "203.0.113.7"}}.' };
}

function nothing(detected: ReturnType<typeof detect>): { what: string; advice: string } {
  const advice = "Paste a trust configuration as JSON, or a document that holds some: what the cloud's command line prints, or terraform show -json.";
  // Its general advice is of everything that the page takes, and names the fault of a text twice.
  if (detected.kind === "other") return { what: sentence(detected.what.replace(": not JSON:", ":")), advice: detected.advice.startsWith("Paste a token") ? advice : detected.advice };
  return { what: `There is no configuration in it; it seems to be ${{ token: "a token", claims: "the claims of a token", cloudtrail: "a CloudTrail event", log: "a log", jwks: "a key set", error: "an error message", trusts: "a document without any", trust: "one" }[detected.kind]}`, advice };
}

function sentence(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
