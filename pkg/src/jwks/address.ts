/** Characters of an address. */
const LONGEST = 2048;

/** An address of which nothing is left to interpretation: `https`, a host, a path, and spelled as every URL parser spells it. */
export interface Address {
  host: string;
  text: string;
}

/** In words what is wrong with it, or the address. The words do not repeat it: it may hold a password or a token. */
export function addressOf(text: string): Address | string {
  if (text.length > LONGEST) return `has more than ${LONGEST} characters`;
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    return "is not a URL";
  }
  const faults: [applies: boolean, words: string][] = [
    [url.protocol !== "https:", "does not start with https://"],
    [url.username !== "" || url.password !== "", "holds a user name or password"],
    [url.port !== "", "names a port"],
    // An empty one too, which `search` and `hash` do not tell.
    [text.includes("?"), "has a query"],
    [text.includes("#"), "has a fragment"],
    // "HTTPS://", ":443", "/a/../b", a backslash, white space, letters that the parser maps to others.
    [url.href !== text && url.href !== `${text}/`, "is not spelled in its plain form: lower-case host, no port, nothing to resolve"],
  ];
  const fault = faults.find(([applies]) => applies);
  return fault === undefined ? { host: url.host, text } : fault[1];
}
