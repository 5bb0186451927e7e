import { failure } from "./failure.js";

/** The JSON value at this address; `limit` is in bytes. */
export async function readJson(address: string, limit: number, signal: AbortSignal): Promise<unknown> {
  // Redirects are not followed ("error" says so too, but Cloudflare Workers refuse that word).
  const response = await fetch(address, { headers: { accept: "application/json" }, redirect: "manual", signal });
  if (response.status !== 200) {
    const isRedirect = response.type === "opaqueredirect" || (response.status >= 300 && response.status < 400);
    throw failure(`${address} ${isRedirect ? "redirects to another address, which is not followed" : `answers with status ${response.status}`}`);
  }
  const bytes = await readBytes(address, response, limit);
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    // The parser's own error would quote the answer.
    throw failure(`${address} is not JSON`);
  }
}

/** Reads no further than the limit, whatever the answer says of its own length. */
async function readBytes(address: string, response: Response, limit: number): Promise<Uint8Array> {
  const reader = response.body?.getReader();
  const bytes = new Uint8Array(limit);
  let size = 0;
  for (;;) {
    const { done, value } = (await reader?.read()) ?? { done: true, value: undefined };
    if (done) return bytes.subarray(0, size);
    if (size + value.length > limit) throw failure(`${address} has more than ${limit / 1024} KiB`);
    bytes.set(value, size);
    size += value.length;
  }
}
