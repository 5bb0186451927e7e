// Writes the tables under tests/cases/verify/ from the claims and keys below this folder.
//
//   node tests/keys/generate.mjs
//
// The same input gives the same bytes: keys are made once and kept in keys.json, and an ECDSA signature, which is random,
// is kept from the table that is there already. Needs nothing but Node.
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { Signer } from './sign.mjs';

const here = new URL('./', import.meta.url);
const output = new URL('../cases/verify/', import.meta.url);
const keysFile = new URL('keys.json', here);

const KINDS = {
  rsa: ['rsa', { modulusLength: 2048 }],
  other: ['rsa', { modulusLength: 2048 }],
  long: ['rsa', { modulusLength: 2050 }],
  weak: ['rsa', { modulusLength: 1024 }],
  p256: ['ec', { namedCurve: 'P-256' }],
  p384: ['ec', { namedCurve: 'P-384' }],
};

function keys() {
  const stored = existsSync(keysFile) ? JSON.parse(readFileSync(keysFile, 'utf8')) : { keys: {} };
  for (const [name, [type, options]] of Object.entries(KINDS)) {
    stored.keys[name] ??= generateKeyPairSync(type, options).privateKey.export({ format: 'jwk' });
  }
  stored.notice = 'PUBLISHED TEST KEYS. Everybody has the private parts: never trust anything that is signed with them.';
  writeFileSync(keysFile, `${JSON.stringify({ notice: stored.notice, keys: stored.keys }, null, 2)}\n`);
  return stored.keys;
}

/** Tokens of the tables as they are: their ECDSA signatures are used again. */
function knownTokens() {
  const text = readdirSync(output).map((name) => readFileSync(new URL(name, output), 'utf8')).join('\n');
  return text.match(/[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+/g) ?? [];
}

mkdirSync(output, { recursive: true });
const signer = new Signer(keys(), knownTokens());
for (const file of readdirSync(new URL('tables/', here)).sort()) {
  const { default: tables } = await import(new URL(`tables/${file}`, here));
  for (const [name, table] of Object.entries(tables(signer))) {
    const target = new URL(`${name}.json`, output);
    writeFileSync(target, `${JSON.stringify({ function: 'verify', ...table }, null, 2)}\n`);
    console.log(`${fileURLToPath(target)}: ${table.cases.length} cases`);
  }
}
