import type { Inputs } from "./inputs.js";
import type { Page } from "./page.js";

/** What a host page may set. It holds these itself; nothing of it is sent back. */
interface Set {
  type: "circleci-oidc/set";
  configurations?: string;
  claims?: string;
  organization?: string;
  /** What ids are called, as a JSON object in text. */
  names?: string;
  /** Epoch seconds. */
  now?: number;
  theme?: "light" | "dark";
  /** Whether the decisions are sent to the host. */
  verdict?: boolean;
}

const TEXTS = { claims: "entry", configurations: "configurations", organization: "organization", names: "names" } as const;

/** The contract with the page around this frame: docs/page.md. */
export function listen(page: Page): void {
  if (parent === window) return;
  let tell = false;
  let told = "";
  addEventListener("message", ({ source, data }) => {
    if (source !== parent || !isSet(data)) return;
    const changed: Partial<Inputs> = {};
    for (const [from, to] of Object.entries(TEXTS)) {
      const value = data[from as keyof typeof TEXTS];
      if (typeof value === "string") changed[to] = value;
    }
    page.given ||= changed.configurations !== undefined;
    if (typeof data.now === "number" && Number.isFinite(data.now)) changed.clock = data.now;
    if (data.theme === "light" || data.theme === "dark") document.documentElement.dataset.theme = data.theme;
    if (typeof data.verdict === "boolean") tell = data.verdict;
    page.change(changed, true);
  });
  // The host's origin is not known, and nothing here is worth hiding from it.
  const post = (message: object) => parent.postMessage(message, "*");
  new ResizeObserver(() => post({ type: "circleci-oidc/resize", height: Math.ceil(document.body.getBoundingClientRect().height) })).observe(document.body);
  page.addEventListener("settled", () => {
    const verdict = page.results.judged.map(({ configuration, result }) => ({ provider: configuration.trust.provider, decision: result?.decision ?? null }));
    if (!tell || JSON.stringify(verdict) === told) return;
    told = JSON.stringify(verdict);
    post({ type: "circleci-oidc/verdict", verdict });
  });
  post({ type: "circleci-oidc/ready" });
}

function isSet(data: unknown): data is Set {
  return typeof data === "object" && data !== null && (data as { type?: unknown }).type === "circleci-oidc/set";
}
