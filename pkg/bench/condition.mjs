#!/usr/bin/env node
// Parsing and evaluating one attribute condition of Google Cloud, beside npm @bufbuild/cel, in one run, on the same claims.
//
// The peer parses, plans and evaluates the condition; nothing else. This package has no door to its expressions alone, so that
// it is asked through the public ones, and does more: `evaluate` (without probes) reads the provider's JSON and judges it, checks
// request, issuer, audience and time, evaluates both mappings, and explains every part of the condition. `decide` reads the
// provider once for many claim sets, and explains nothing; beside it, the peer evaluates what it has planned once.
//
// Both have to come to the same decision on every condition, or the run fails. The ratio fails nothing.
import { parse, plan, celEnv } from "@bufbuild/cel";
import { strings } from "@bufbuild/cel/ext";

import { decide, decode, evaluate, samples } from "../dist/index.js";

const ROUNDS = 9;
const REPEATS = 200;

const { cases } = samples();
/** The samples whose condition decides, or lets in; one whose mapping decides says nothing of the condition. */
const tasks = ["gcp-project", "gcp-project-other", "gcp-user", "gcp-user-other", "gcp-context", "gcp-context-other", "gcp-claim-absent"].map((name) => {
  const { token, trust } = cases.find((one) => one.name === name);
  const { attributeCondition: condition } = JSON.parse(trust.workloadProvider);
  return { name, trust, condition, claims: decode(token).claims };
});
const env = celEnv({ funcs: strings });

/** The variables of a condition; the mappings of the samples, done by hand. */
const variables = ({ claims }) => ({ assertion: claims, attribute: { org_id: claims.aud }, google: { subject: claims.sub } });

/** Google refuses what fails, as it refuses what is false. */
const decided = (value) => (value === true ? "allow" : "deny");
const ours = (task) => evaluate(task.claims, task.trust, { probes: false }).decision;
const theirs = (task) => decided(plan(env, parse(task.condition))(variables(task)));

for (const task of tasks) {
  const [own, peer] = [ours(task), theirs(task)];
  const many = decide([task.claims], task.trust)[0];
  if (own !== peer || many !== own) throw new Error(`${task.name}: circleci-oidc says ${own} and ${many}, the peer ${peer}: ${task.condition}`);
}

const RUNS = {
  evaluate: (task) => {
    for (let repeat = 0; repeat < REPEATS; repeat += 1) ours(task);
  },
  "parse and run": (task) => {
    for (let repeat = 0; repeat < REPEATS; repeat += 1) theirs(task);
  },
  decide: (task) => decide(new Array(REPEATS).fill(task.claims), task.trust),
  run: (task) => {
    const run = plan(env, parse(task.condition));
    for (let repeat = 0; repeat < REPEATS; repeat += 1) decided(run(variables(task)));
  },
};
const rates = Object.fromEntries(Object.keys(RUNS).map((name) => [name, []]));
for (let round = -2; round < ROUNDS; round += 1) {
  for (const [name, run] of Object.entries(RUNS)) {
    const start = process.hrtime.bigint();
    for (const task of tasks) run(task);
    // The first rounds warm up.
    if (round >= 0) rates[name].push((REPEATS * tasks.length) / (Number(process.hrtime.bigint() - start) / 1e9));
  }
}

const median = (list) => [...list].sort((left, right) => left - right)[Math.floor(list.length / 2)];
const perSecond = (list) => `${Math.round(median(list)).toLocaleString("en").padStart(7)} a second (${Math.round(Math.min(...list))} to ${Math.round(Math.max(...list))})`;
console.log(`@bufbuild/cel: ${tasks.length} conditions, the same decisions; circleci-oidc judges the whole provider, the peer the condition`);
for (const [own, peer] of [["evaluate", "parse and run"], ["decide", "run"]]) {
  console.log(`  circleci-oidc ${own.padEnd(15)} ${perSecond(rates[own])}`);
  console.log(`  @bufbuild/cel ${peer.padEnd(15)} ${perSecond(rates[peer])}`);
  console.log(`  ratio                         ${(median(rates[own]) / median(rates[peer])).toFixed(2)}`);
}
