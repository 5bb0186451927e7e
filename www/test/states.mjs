// The page's main states: to look at, and to hold against what every reader needs.
import { samples } from "../../pkg/dist/index.js";
import { paste, trySample } from "./browser.mjs";

const { cases, token } = samples();
const sample = (name) => (page) => trySample(page, cases.findIndex((one) => one.name === name));
/** Opens every fold, also those that are made once the one around them is opened. */
async function openAll(page) {
  const left = () => page.evaluate(() => [...document.querySelectorAll("details:not([open])")].map((one) => (one.open = true)).length);
  while ((await left()) > 0) await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => setTimeout(resolve, 100))));
}

export const STATES = {
  empty: async () => {},
  denied: sample("exact-v1-got-v2"),
  allowed: sample("context-ids-vacuous"),
  "not-stored": sample("resource"),
  unknown: sample("source-ip"),
  google: sample("gcp-user-other"),
  living: (page) => paste(page, "entry", token),
  alone: (page) => paste(page, "configurations", cases[0].trust.policy),
  message: (page) => paste(page, "entry", "AccessDenied: Not authorized to perform sts:AssumeRoleWithWebIdentity"),
  wrong: async (page) => {
    await paste(page, "entry", "hello");
    await paste(page, "configurations", "{");
  },
};

/** The same with everything opened: steps, other tokens, remarks, the report, the settings. */
export const OPENED = Object.fromEntries(Object.entries(STATES).map(([name, prepare]) => [name, async (page) => {
  await prepare(page);
  await openAll(page);
}]));
