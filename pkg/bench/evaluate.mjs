#!/usr/bin/env node
// Evaluations per second of this package beside npm @cloud-copilot/iam-simulate, in one run, on the same policies and claims.
// node bench/evaluate.mjs FOLDER    FOLDER has the peer's packages (bench/peer/, installed; cargo xtask bench does that)
//
// Both start from the policy's text and the claims, and both have to come to the same decision, or the run fails. Each row is one way
// into the peer:
// - its engine. The public function refuses policies with CircleCI's condition keys, so this module is taken from inside the
//   package. It validates nothing, and gets the request context ready made, which this package derives from the claims.
// - its public function, which validates the policy and the request as this package does, on policies without such keys.
//
// The rounds alternate, so that what else the machine does meets both; the median of the rounds counts.
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";

import { decide, decode, evaluate, samples } from "../dist/index.js";

const ROUNDS = 9;
const REPEATS = 60;
/** One decision a call, as the peer's. */
const OPTIONS = { probes: false };

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error("say where the peer is installed: node bench/evaluate.mjs FOLDER");
const peer = (path) => import(pathToFileURL(join(resolve(folder), "node_modules/@cloud-copilot", path)).href);
const { loadPolicy } = await peer("iam-policy/dist/esm/index.js");
const { runSimulation } = await peer("iam-simulate/dist/esm/index.js");
const { authorize } = await peer("iam-simulate/dist/esm/core_engine/CoreSimulatorEngine.js");
const { AwsRequestImpl } = await peer("iam-simulate/dist/esm/request/request.js");
const { RequestContextImpl } = await peer("iam-simulate/dist/esm/requestContext.js");
const { DiscoveryContextKeyConstraints } = await peer("iam-simulate/dist/esm/context_keys/discoveryContextKeyConstraints.js");

const ACCOUNT = "123456789012";
const ROLE = { resource: `arn:aws:iam::${ACCOUNT}:role/deploy`, accountId: ACCOUNT };
const ACTION = "sts:AssumeRoleWithWebIdentity";
const DECISIONS = { Allowed: "allow", ImplicitlyDenied: "deny", ExplicitlyDenied: "deny" };
const PROJECT = "oidc.circleci.com/project-id";

/** A policy's text with the claims of a token. The provider's name in ARNs and keys is its issuer without the scheme. */
function task(name, claims, policy, context) {
  const provider = claims.iss.replace("https://", "");
  const keys = { [`${provider}:aud`]: claims.aud, [`${provider}:sub`]: claims.sub, [`${provider}:${PROJECT}`]: claims[PROJECT] };
  return { name, claims, policy, context, keys: context ?? keys, principal: `arn:aws:iam::${ACCOUNT}:oidc-provider/${provider}` };
}

/** The samples that are about the policy alone, and that it decides. */
const ours = samples();
const withKeys = ours.cases
  .filter(({ expect, trust }) => (expect === "allow" || expect === "deny") && Object.keys(trust).every((member) => ["provider", "name", "policy"].includes(member)))
  .map(({ name, token, trust }) => task(name, decode(token).claims, trust.policy));

const claims = decode(ours.token).claims;
const Federated = `arn:aws:iam::${ACCOUNT}:oidc-provider/${claims.iss.replace("https://", "")}`;
const allow = { Effect: "Allow", Principal: { Federated }, Action: ACTION };
const from = (network) => ({ Condition: { IpAddress: { "aws:SourceIp": network } } });
const context = { "aws:SourceIp": "192.0.2.7" };
const withoutKeys = Object.entries({
  "no condition": [allow],
  "an address inside": [{ ...allow, ...from("192.0.2.0/24") }],
  "an address outside": [{ ...allow, ...from("198.51.100.0/24") }],
  "the second of three": ["203.0.113.0/24", "192.0.2.0/24", "198.51.100.0/24"].map((network) => ({ ...allow, ...from(network) })),
  "an explicit deny": [allow, { ...allow, Effect: "Deny", ...from("192.0.2.0/24") }],
  "another provider": [{ ...allow, Principal: { Federated: `${Federated}x` } }],
}).map(([name, Statement]) => task(name, claims, JSON.stringify({ Version: "2012-10-17", Statement }, null, 2), context));

function us({ claims, policy, context }) {
  return evaluate(claims, { provider: "aws", policy, context }, OPTIONS).decision;
}

/** As many decisions by one reading of the policy. */
function together({ claims, policy, context }, count) {
  return decide(new Array(count).fill(claims), { provider: "aws", policy, context });
}

function engine({ policy, keys, principal }) {
  const { result } = authorize({
    request: new AwsRequestImpl(principal, ROLE, ACTION, new RequestContextImpl(keys)),
    resourcePolicy: loadPolicy(JSON.parse(policy), { name: "trust" }),
    identityPolicies: [],
    serviceControlPolicies: [],
    resourceControlPolicies: [],
    simulationParameters: { simulationMode: "Strict", discoveryContextKeyConstraints: new DiscoveryContextKeyConstraints() },
  });
  return DECISIONS[result];
}

async function publicly({ policy, keys, principal }) {
  const request = { principal, action: ACTION, resource: ROLE, contextVariables: keys };
  const simulation = { request, resourcePolicy: JSON.parse(policy), identityPolicies: [], serviceControlPolicies: [], resourceControlPolicies: [] };
  const { resultType, overallResult, errors } = await runSimulation(simulation, {});
  return DECISIONS[overallResult] ?? `${resultType} ${errors?.message}`;
}

const median = (list) => [...list].sort((left, right) => left - right)[Math.floor(list.length / 2)];
const perSecond = (list) => `${Math.round(median(list)).toLocaleString("en").padStart(7)} a second (${Math.round(Math.min(...list))} to ${Math.round(Math.max(...list))})`;

async function compare(title, tasks, theirs) {
  for (const one of tasks) {
    const decisions = [us(one), await theirs(one)];
    if (decisions[0] !== decisions[1]) throw new Error(`${title}, ${one.name}: circleci-oidc says ${decisions[0]}, the peer ${decisions[1]}`);
  }
  const rates = { ours: [], together: [], theirs: [] };
  const count = (name, start, round) => {
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    // The first rounds warm up.
    if (round >= 0) rates[name].push((REPEATS * tasks.length) / seconds);
  };
  for (let round = -2; round < ROUNDS; round += 1) {
    for (const [name, call] of [["ours", us], ["theirs", theirs]]) {
      const start = process.hrtime.bigint();
      for (let repeat = 0; repeat < REPEATS; repeat += 1) {
        for (const one of tasks) {
          const decision = call(one);
          // Awaited only where there is something to wait for.
          if (typeof decision !== "string") await decision;
        }
      }
      count(name, start, round);
    }
    const start = process.hrtime.bigint();
    for (const one of tasks) together(one, REPEATS);
    count("together", start, round);
  }
  console.log(`${title}: ${tasks.length} policies, the same decisions`);
  console.log(`  circleci-oidc evaluate  ${perSecond(rates.ours)}`);
  console.log(`  circleci-oidc decide    ${perSecond(rates.together)}`);
  console.log(`  iam-simulate            ${perSecond(rates.theirs)}`);
  for (const name of ["ours", "together"]) {
    console.log(`  ratio of ${name === "ours" ? "evaluate" : "decide  "}       ${(median(rates[name]) / median(rates.theirs)).toFixed(2)}`);
  }
}

await compare("iam-simulate's engine, from inside its package", withKeys, engine);
await compare("iam-simulate's public function, without CircleCI's keys", withoutKeys, publicly);
