// Keys, claims and tokens for the tables.
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';

export const ORG = '6b7a3f0e-9d52-4c1b-8e64-2f90c1d7a5b3';
export const STRANGER = 'c0ffee00-1111-4222-8333-444455556666';
export const PROJECT = '0c1d2e3f-4a5b-4c6d-8e7f-a0b1c2d3e4f5';
export const USER = '5d4c3b2a-1f0e-4d9c-8b7a-695847362514';
export const ISSUED = 1763071432;
export const EXPIRES = 1763075032;
/** 18 minutes after it was minted. */
export const NOW = ISSUED + 18 * 60;
export const KID = 'test-2025-11';

/** The claim set of a CircleCI token of November 2025, in its alphabetical order. */
export const CLAIMS = {
  aud: ORG,
  exp: EXPIRES,
  iat: ISSUED,
  iss: `https://oidc.circleci.com/org/${ORG}`,
  'oidc.circleci.com/context-ids': ['9e8d7c6b-5a49-4382-9716-0f1e2d3c4b5a', 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee'],
  'oidc.circleci.com/org-id': ORG,
  'oidc.circleci.com/pipeline-definition-id': '17c50866-1802-5aeb-874e-7f4dfce1b6b5',
  'oidc.circleci.com/pipeline-id': '2b3c4d5e-6f70-4812-93a4-b5c6d7e8f901',
  'oidc.circleci.com/project-id': PROJECT,
  'oidc.circleci.com/ssh-rerun': false,
  'oidc.circleci.com/vcs-origin': 'github.com/acme/web',
  'oidc.circleci.com/vcs-ref': 'refs/heads/main',
  sub: `org/${ORG}/project/${PROJECT}/user/${USER}`,
};

export const HEADER = { alg: 'RS256', kid: KID, typ: 'JWT' };

export const encode = (value) => Buffer.from(value).toString('base64url');
export const decode = (text) => Buffer.from(text, 'base64url');
/** Claims with some changed; undefined removes one. */
export const claims = (changes = {}) => JSON.stringify({ ...CLAIMS, ...changes });

export class Signer {
  #known = new Map();

  constructor(keys, knownTokens) {
    this.keys = keys;
    for (const token of knownTokens) {
      const at = token.lastIndexOf('.');
      const message = token.slice(0, at);
      this.#known.set(message, [...(this.#known.get(message) ?? []), decode(token.slice(at + 1))]);
    }
  }

  /** The public JWK of a key as an issuer publishes it. */
  jwk(name = 'rsa', changes = {}) {
    const { d, p, q, dp, dq, qi, ...open } = this.keys[name];
    const alg = { rsa: 'RS256', other: 'RS256', long: 'RS256', weak: 'RS256', p256: 'ES256', p384: 'ES384' }[name];
    return { ...open, kid: KID, alg, use: 'sig', ...changes };
  }

  /** A key set as text. */
  set(...keys) {
    return JSON.stringify({ keys: keys.length ? keys : [this.jwk()] });
  }

  /** A token of this payload text and header (text or object), signed with a key by `alg` of the signature, not the header. */
  token(payload = claims(), header = HEADER, { key = 'rsa', alg = 'RS256' } = {}) {
    const message = `${encode(typeof header === 'string' ? header : JSON.stringify(header))}.${encode(payload)}`;
    return `${message}.${encode(this.signature(message, key, alg))}`;
  }

  signature(message, key, alg) {
    const privateKey = createPrivateKey({ key: this.keys[key], format: 'jwk' });
    const hash = `sha${alg.slice(2)}`;
    const options = { dsaEncoding: 'ieee-p1363' };
    const made = alg.startsWith('E') && this.#known.get(message)?.find((known) => verify(hash, Buffer.from(message), { key: createPublicKey(privateKey), ...options }, known));
    const signature = made || sign(hash, Buffer.from(message), { key: privateKey, ...options });
    this.#known.set(message, [signature]);
    return signature;
  }

  /** What every table starts from: a good token, and a caller who pins its organization. */
  base(options = {}) {
    return { token: this.token(), options: { jwks: this.set(), organization: ORG, now: NOW, ...options } };
  }
}

/** A case; `changes` is a merge patch onto the table's base. */
export const test = (name, changes, expect, reference) => ({ name, ...(reference && { reference }), input: changes, expect });
/** A case that refuses: one failed step, and words of the headline. */
export const refused = (name, changes, step, headline, more = {}) =>
  test(name, changes, { verdict: 'invalid', 'headline~': headline, steps: [`${step} fail`, ...(more.steps ?? [])], ...more.rest }, more.reference);
export const rfc = (number, section) => `https://www.rfc-editor.org/rfc/rfc${number}#section-${section}`;
