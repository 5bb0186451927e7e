// How long the page's thread is busy after a keystroke, with large inputs: node test/fluid.mjs [part of a name]. In milliseconds of the thread's own
// time, so that what else a machine does counts little. Chromium alone traces that.
import { file, launch, paste, until } from "./browser.mjs";
import { CLAIMS, POLICY, logOf, policyOf, rolesOf } from "./large.mjs";

const EVIDENCE = JSON.stringify(CLAIMS, null, 2);
/** What is in the two fields, and where the key is pressed. */
const STATES = {
  "claims and a policy of 1 KiB": [EVIDENCE, POLICY, "configurations"],
  "claims and 200 roles (270 KiB), in the roles": [EVIDENCE, rolesOf(200), "configurations"],
  "claims and 200 roles (270 KiB), in the claims": [EVIDENCE, rolesOf(200), "entry"],
  "claims and one policy of 250 KiB, in the policy": [EVIDENCE, policyOf(390), "configurations"],
  "claims and one policy of 250 KiB, in the claims": [EVIDENCE, policyOf(390), "entry"],
  "a log of 250 KiB": [logOf(250), "", "entry"],
  "a log of 1 MiB": [logOf(1024), "", "entry"],
  "a log of 1 MiB and a policy, in the policy": [logOf(1024), POLICY, "configurations"],
};
const KEYS = 6;
/** Longer than anything takes, so that keys do not meet. */
const PAUSE = 1200;

const browser = await launch();
for (const [name, [entry, configurations, field]] of Object.entries(STATES)) {
  if (!name.includes(process.argv[2] ?? "")) continue;
  const page = await browser.newPage();
  await page.setViewport({ width: 1360, height: 900 });
  await page.goto(file("index.html"));
  await until(page, () => document.querySelector("#entry") !== null);
  await paste(page, "entry", entry);
  if (configurations !== "") await paste(page, "configurations", configurations);
  await page.evaluate((id) => {
    const area = document.querySelector(`#${id}`);
    area.focus();
    area.setSelectionRange(0, 0);
  }, field);
  await pause();
  const longest = [];
  const sums = [];
  for (let key = 0; key < KEYS; key += 1) {
    await page.tracing.start({ categories: ["toplevel", "devtools.timeline", "disabled-by-default-devtools.timeline"] });
    await page.keyboard.press("Space");
    await pause();
    const tasks = tasksIn(JSON.parse(Buffer.from(await page.tracing.stop()).toString()).traceEvents);
    longest.push(Math.max(...tasks));
    sums.push(tasks.reduce((sum, task) => sum + task, 0));
  }
  console.log(`${name.padEnd(50)} longest task ${median(longest).toFixed(0).padStart(4)} ms (worst of ${KEYS}: ${Math.max(...longest).toFixed(0)}), together ${median(sums).toFixed(0)} ms`);
  await page.close();
}
await browser.close();

function pause() {
  return new Promise((resolve) => setTimeout(resolve, PAUSE));
}

/** The tasks of the page's main thread: of all renderers the busiest. */
function tasksIn(events) {
  const mains = new Set(events.filter(({ name, args }) => name === "thread_name" && args.name === "CrRendererMain").map(({ pid, tid }) => `${pid}:${tid}`));
  const threads = new Map();
  for (const { ph, name, pid, tid, tdur } of events) {
    const thread = `${pid}:${tid}`;
    if (ph !== "X" || name !== "RunTask" || tdur === undefined || !mains.has(thread)) continue;
    threads.set(thread, [...(threads.get(thread) ?? []), tdur / 1000]);
  }
  const sum = (tasks) => tasks.reduce((total, task) => total + task, 0);
  return [...threads.values()].sort((one, other) => sum(other) - sum(one))[0] ?? [0];
}

function median(values) {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length / 2)];
}
