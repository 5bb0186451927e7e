import { HEADER, claims, decode, encode, refused, rfc, test } from '../sign.mjs';

const ALGORITHMS = { RS256: 'rsa', RS384: 'rsa', RS512: 'rsa', ES256: 'p256', ES384: 'p384' };
const ORDER = {
  p256: 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n,
  p384: 0xffffffffffffffffffffffffffffffffffffffffffffffffc7634d81f4372ddf581a0db248b0a77aecec196accc52973n,
};
const number = (bytes) => BigInt(`0x${Buffer.from(bytes).toString('hex')}`);
const bytes = (value, length) => Buffer.from(value.toString(16).padStart(2 * length, '0'), 'hex');

export default (signer) => {
  const base = signer.base();
  const [header, payload, signature] = base.token.split('.');
  const with256 = (name, change, headline, more) => refused(name, { token: `${header}.${payload}.${encode(change(decode(signature)))}` }, 'verify.signature', headline, { steps: ['verify.time pass'], ...more });

  const by = (alg, changes = {}) => {
    const key = ALGORITHMS[alg];
    return { token: signer.token(claims(), { ...HEADER, alg }, { key, alg }), options: { jwks: signer.set(signer.jwk(key, { alg, ...changes })), algorithms: [alg] } };
  };
  const curve = (alg, name, change, expect, reference) => {
    const input = by(alg);
    const [message, raw] = [input.token.slice(0, input.token.lastIndexOf('.')), decode(input.token.split('.')[2])];
    const half = raw.length / 2;
    const changed = change(number(raw.subarray(0, half)), number(raw.subarray(half)), (value) => bytes(value, half));
    return test(name, { ...input, token: `${message}.${encode(Buffer.concat(changed))}` }, expect, reference);
  };
  const n = ORDER.p256;
  const bad = { verdict: 'invalid', steps: ['verify.key pass', 'verify.signature fail', 'verify.time pass'] };
  const der = (value) => { const raw = bytes(value, 32); const body = raw[0] & 0x80 ? Buffer.concat([Buffer.from([0]), raw]) : raw; return Buffer.concat([Buffer.from([2, body.length]), body]); };
  return {
    signature: {
      about: 'The step verify.signature: the five algorithms, and signatures that are nearly right.',
      base,
      cases: [
        ...Object.keys(ALGORITHMS).map((alg) => test(alg, by(alg), { verdict: 'valid', steps: ['verify.signature pass'] }, rfc(7518, '3.1'))),
        refused('another payload under the same signature', { token: `${header}.${encode(claims({ aud: 'pypi' }))}.${signature}` }, 'verify.signature', 'The signature is not made with key', { steps: ['verify.audience fail'] }),
        refused('another header under the same signature', { token: `${encode(JSON.stringify({ kid: HEADER.kid, alg: 'RS256' }))}.${payload}.${signature}` }, 'verify.signature', 'The signature is not made with key'),
        refused('signed with another key', { token: signer.token(claims(), HEADER, { key: 'other' }) }, 'verify.signature', 'The token was changed or cut off'),
        refused('signed with another hash than alg says', { token: signer.token(claims(), HEADER, { alg: 'RS512' }) }, 'verify.signature', 'The signature is not made with key'),
        with256('empty', () => Buffer.alloc(0), 'The signature is empty', { reference: rfc(8725, '2.1') }),
        with256('one bit changed', (bytes) => { bytes[100] ^= 1; return bytes; }, 'The signature is not made with key'),
        with256('cut off', (bytes) => bytes.subarray(0, 255), 'The signature has 255 bytes; one with key "test-2025-11" (RSA 2048) has 256', { reference: rfc(8017, '8.2.2') }),
        with256('a zero byte in front', (bytes) => Buffer.concat([Buffer.from([0]), bytes]), 'The signature has 257 bytes'),
        with256('a zero byte behind', (bytes) => Buffer.concat([bytes, Buffer.from([0])]), 'The signature has 257 bytes'),
        with256('zero', () => Buffer.alloc(256), 'The signature is not made with key'),
        with256('one', () => bytes(1n, 256), 'The signature is not made with key'),
        with256('the modulus', () => decode(signer.keys.rsa.n), 'The signature is not made with key', { reference: rfc(8017, '5.2.2') }),
        with256('above the modulus', () => Buffer.alloc(256, 0xff), 'The signature is not made with key', { reference: rfc(8017, '5.2.2') }),
        curve('ES256', 'ES256 with the other s', (r, s, of) => [of(r), of(n - s)], { verdict: 'valid' }),
        curve('ES384', 'ES384 with the other s', (r, s, of) => [of(r), of(ORDER.p384 - s)], { verdict: 'valid' }),
        curve('ES256', 'ES256 in DER', (r, s) => { const body = Buffer.concat([der(r), der(s)]); return [Buffer.from([0x30, body.length]), body]; }, { ...bad, 'headline~': 'The signature is in DER' }, rfc(7518, '3.4')),
        curve('ES256', 'ES256 with r = 0', (r, s, of) => [of(0n), of(s)], bad),
        curve('ES256', 'ES256 with s = 0', (r, s, of) => [of(r), of(0n)], bad),
        curve('ES256', 'ES256 with r = s = 0', (r, s, of) => [of(0n), of(0n)], bad),
        curve('ES256', 'ES256 with r = n', (r, s, of) => [of(n), of(s)], bad),
        curve('ES256', 'ES256 with s = n', (r, s, of) => [of(r), of(n)], bad),
        curve('ES256', 'ES256 with s + n in one byte more', (r, s, of) => [of(r), bytes(s + n, 33)], { ...bad, 'headline~': 'has 65 bytes' }),
        curve('ES256', 'ES256 cut off', (r, s, of) => [of(r), of(s).subarray(0, 31)], { ...bad, 'headline~': 'has 63 bytes' }),
        curve('ES256', 'ES256 padded to the length of ES512', (r, s) => [bytes(r, 66), bytes(s, 66)], { ...bad, 'headline~': 'has 132 bytes' }),
        refused('ES256 with a key on P-384', { ...by('ES256'), options: { jwks: signer.set(signer.jwk('p384', { alg: 'ES256' })), algorithms: ['ES256'] } }, 'verify.key', 'its crv is "P-384"; ES256 needs P-256'),
        refused('ES256 with a point that is not on the curve', by('ES256', { y: signer.jwk('p256').x }), 'verify.key', 'its point is not on the curve', { reference: rfc(7518, '6.2.1') }),
        refused('ES256 with a coordinate without its leading byte', by('ES256', { x: encode(decode(signer.jwk('p256').x).subarray(1)) }), 'verify.key', 'a coordinate has 31 bytes, not 32', { reference: rfc(7518, '6.2.1.2') }),
        refused('ES256 with a coordinate with a zero byte in front', by('ES256', { x: encode(Buffer.concat([Buffer.from([0]), decode(signer.jwk('p256').x)])) }), 'verify.key', 'a coordinate has 33 bytes, not 32', { reference: rfc(7518, '6.2.1.2') }),
        refused('ES256 with the private part published', by('ES256', { d: signer.keys.p256.d }), 'verify.key', 'it shows its secret part (d)'),
        refused('ES256 is not accepted by default', { ...by('ES256'), options: { jwks: signer.set(signer.jwk('p256')) } }, 'verify.header', 'ES256 is not accepted here, only RS256'),
        refused('RS256 under a caller who accepts ES256 only', { options: { algorithms: ['ES256'] } }, 'verify.header', 'RS256 is not accepted here, only ES256'),
      ],
    },
  };
};
