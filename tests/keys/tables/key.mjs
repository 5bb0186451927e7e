import { HEADER, KID, claims, decode, encode, refused, rfc, test } from '../sign.mjs';

const UNSIGNED = { steps: ['verify.signature not_applicable', 'verify.time pass'] };

export default (signer) => {
  const base = signer.base();
  const jwks = (...keys) => ({ options: { jwks: signer.set(...keys) } });
  const leftOut = (name, changes, headline, more) => refused(name, jwks(signer.jwk('rsa', changes)), 'verify.key', headline, { ...UNSIGNED, ...more });
  const text = (name, jwks, headline, more) => refused(name, { options: { jwks } }, 'verify.key', headline, { ...UNSIGNED, ...more });
  const withoutKid = signer.token(claims(), { ...HEADER, kid: undefined });
  const good = signer.jwk();
  const other = signer.jwk('other');
  const bytes = (changed) => encode(changed(decode(good.n)));
  return {
    key: {
      about: 'The step verify.key: which key of the set, and why another one was left out.',
      base,
      cases: [
        test('no key set', { options: { jwks: null } }, {
          verdict: 'unverified',
          'headline~': 'The signature was not checked: no key set was given. Fetch https://oidc.circleci.com/org/',
          steps: ['verify.key unknown', 'verify.signature unknown', 'verify.time pass'],
        }),
        test('no key set does not hide a failure', { options: { jwks: null, now: 1863071432 } }, { verdict: 'invalid', 'headline~': 'Expired' }),
        text('empty key set', '{"keys":[]}', 'The key set is empty'),
        text('the key set is not JSON', '{"keys":[\n  {]}', 'The key set cannot be read', { rest: { '/steps/2/children/0/at/input': 'jwks', '/steps/2/children/0/at/line': 2, '/steps/2/children/0/at/column': 4 } }),
        text('an empty text', '', 'The key set cannot be read: the text is empty'),
        text('an array of keys', JSON.stringify([good]), 'a key set is an object, this is an array'),
        text('a single key', JSON.stringify(good), 'this is a single key'),
        text('the discovery document', '{"issuer":"https://oidc.circleci.com","jwks_uri":"https://oidc.circleci.com/.well-known/jwks-pub.json"}', 'this is the discovery document'),
        text('keys is an object', '{"keys":{}}', 'keys is an object, not an array'),
        text('keys twice', `{"keys":[],"keys":[${JSON.stringify(good)}]}`, 'the member keys occurs twice'),
        test('the key set as an object', { options: { jwks: { keys: [good] } } }, { verdict: 'valid' }),
        test('a key set as an object has no places', { options: { jwks: { keys: 1 } } }, { verdict: 'invalid', 'headline~': 'keys is a number', '/steps/2/outcome': 'fail' }),
        test('too many keys', { options: { jwks: `{"keys":[${Array(201).fill('{}')}]}` } }, { error: 'ERR_TOO_LARGE' }),
        refused('the key id is not in the set', jwks(signer.jwk('rsa', { kid: 'a' }), signer.jwk('other', { kid: 'b' })), 'verify.key', `No key has the key id "${KID}"; the key set has "a", "b"`, { ...UNSIGNED, reference: rfc(7515, '4.1.4') }),
        refused('keys without key id are not fallen back on', jwks(signer.jwk('rsa', { kid: undefined })), 'verify.key', 'the key set has key 1 without kid', UNSIGNED),
        test('no key id in the header: every key that fits is tried', { token: withoutKid, ...jwks(signer.jwk('p256'), other, signer.jwk('rsa', { kid: 'x' })) }, {
          verdict: 'valid',
          steps: ['verify.key.candidate fail', 'verify.key.candidate pass', 'verify.signature.key fail', 'verify.signature.key pass'],
        }),
        test('no key id in the header, none is the one', { token: withoutKid, ...jwks(other, signer.jwk('other', { kid: 'x' })) }, {
          verdict: 'invalid',
          'headline~': 'None of 2 keys made the signature',
        }),
        test('the same key id twice: both are tried', jwks(other, good), { verdict: 'valid', steps: ['verify.signature.key fail', 'verify.signature.key pass'] }),
        test('the same key id twice, one of them unfit', jwks(signer.jwk('p256'), good), { verdict: 'valid', steps: ['verify.key.candidate fail'] }),
        test('more keys than are tried', { token: withoutKid, ...jwks(...Array(17).fill(other)) }, {
          verdict: 'unverified',
          'headline~': 'None of the first 16 keys made the signature; 1 more were not tried',
        }),
        test('an entry that is no key is left out', { options: { jwks: `{"keys":[5,null,${JSON.stringify(good)}]}` } }, { verdict: 'valid' }),
        leftOut('alg of the key is another', { alg: 'RS512' }, 'it is for "RS512", not RS256 (alg)', { reference: rfc(7517, '4.4') }),
        leftOut('alg of the key is a number', { alg: 5 }, 'its alg is a number'),
        test('no alg in the key', jwks(signer.jwk('rsa', { alg: undefined })), { verdict: 'valid' }),
        leftOut('use is encryption', { use: 'enc' }, 'its use is "enc"', { reference: rfc(7517, '4.2') }),
        test('no use in the key', jwks(signer.jwk('rsa', { use: undefined })), { verdict: 'valid' }),
        leftOut('key_ops without verify', { key_ops: ['sign'] }, 'its key_ops are "sign", without "verify"', { reference: rfc(7517, '4.3') }),
        leftOut('key_ops is empty', { key_ops: [] }, 'without "verify"'),
        leftOut('key_ops is text', { key_ops: 'verify' }, 'its key_ops is not an array of texts'),
        test('key_ops with verify', jwks(signer.jwk('rsa', { key_ops: ['verify'] })), { verdict: 'valid' }),
        leftOut('the private part is published', { d: signer.keys.rsa.d }, 'it shows its secret part (d)'),
        leftOut('one prime is published', { p: signer.keys.rsa.p }, 'it shows its secret part (p)'),
        leftOut('a shared secret', { kty: 'oct', k: 'AAAA', n: undefined, e: undefined }, 'it shows its secret part (k)'),
        leftOut('kty is another', { kty: 'EC' }, 'its kty is "EC"; RS256 needs RSA'),
        leftOut('kty is missing', { kty: undefined }, 'it has no kty'),
        leftOut('n is missing', { n: undefined }, 'it has no n'),
        leftOut('e is a number', { e: 65537 }, 'its e is a number, not text'),
        leftOut('n is padded', { n: `${good.n}==` }, 'its n is not base64url'),
        refused('RSA with 1024 bits', { token: signer.token(claims(), HEADER, { key: 'weak' }), ...jwks(signer.jwk('weak')) }, 'verify.key', 'its modulus has 1024 bits; at least 2048', { ...UNSIGNED, reference: rfc(7518, '3.3') }),
        refused('RSA with 1024 bits, padded with zeros', { token: signer.token(claims(), HEADER, { key: 'weak' }), ...jwks(signer.jwk('weak', { n: encode(Buffer.concat([Buffer.alloc(128), decode(signer.jwk('weak').n)])) })) }, 'verify.key', 'its modulus has 1024 bits', UNSIGNED),
        test('RSA with 2050 bits: no whole number of words', { token: signer.token(claims(), HEADER, { key: 'long' }), ...jwks(signer.jwk('long')) }, { verdict: 'valid' }),
        leftOut('RSA with more than 8192 bits', { n: encode(Buffer.alloc(1025, 0xff)) }, 'its modulus has 8200 bits; at most 8192'),
        test('a zero byte before the modulus', jwks(signer.jwk('rsa', { n: bytes((n) => Buffer.concat([Buffer.from([0]), n])) })), { verdict: 'valid' }, rfc(7518, '6.3.1.1')),
        leftOut('an even modulus', { n: bytes((n) => { n[n.length - 1] &= 0xfe; return n; }) }, 'its modulus is even'),
        leftOut('the exponent 1', { e: 'AQ' }, 'its exponent is not an odd number of at least 3'),
        leftOut('an even exponent', { e: 'BA' }, 'its exponent is not an odd number of at least 3'),
        leftOut('an empty exponent', { e: '' }, 'its exponent is not an odd number of at least 3'),
        leftOut('a huge exponent', { e: good.n }, 'its exponent has 2048 bits; at most 33'),
        text('a member twice in the key', `{"keys":[${JSON.stringify(good).replace('{', `{"alg":"RS512",`)}]}`, 'it holds "alg" twice', { reference: rfc(7517, '4') }),
        text('key id as a number', `{"keys":[${JSON.stringify({ ...good, kid: 5 })}]}`, 'No key has the key id'),
      ],
    },
  };
};
