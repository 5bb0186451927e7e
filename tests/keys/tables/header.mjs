import { createHmac } from 'node:crypto';
import { HEADER, claims, encode, refused, rfc, test } from '../sign.mjs';

const UNJUDGED = { steps: ['verify.key not_applicable', 'verify.signature not_applicable', 'verify.issuer pass', 'verify.time pass'] };

export default (signer) => {
  const base = signer.base();
  const token = (changes, payload = claims()) => signer.token(payload, { ...HEADER, ...changes });
  const header = (name, changes, headline, more) => refused(name, { token: token(changes) }, 'verify.header', headline, more);
  const raw = (name, text, headline, more) => refused(name, { token: signer.token(claims(), text) }, 'verify.header', headline, more);
  const unsigned = `${encode(JSON.stringify({ alg: 'none' }))}.${encode(claims())}.`;
  const hs256 = (() => {
    const message = `${encode(JSON.stringify({ ...HEADER, alg: 'HS256' }))}.${encode(claims())}`;
    return `${message}.${createHmac('sha256', JSON.stringify(signer.jwk())).update(message).digest('base64url')}`;
  })();
  const everyAlgorithm = { options: { algorithms: ['RS256', 'RS384', 'RS512', 'ES256', 'ES384'] } };
  return {
    header: {
      about: 'The step verify.header: what is refused before a key is touched, and what is ignored.',
      base,
      cases: [
        refused('alg none', { token: unsigned }, 'verify.header', 'alg "none" is refused: the token is not signed', { ...UNJUDGED, reference: rfc(8725, '2.1') }),
        ...['None', 'NONE', 'nOnE'].map((alg) => header(`alg ${alg}`, { alg }, 'the token is not signed', UNJUDGED)),
        refused('alg HS256, signed with the public key as a secret', { token: hs256, ...everyAlgorithm }, 'verify.header', 'shared secret', { ...UNJUDGED, reference: rfc(8725, '2.1') }),
        ...['HS384', 'HS512'].map((alg) => header(`alg ${alg}`, { alg }, 'shared secret', UNJUDGED)),
        ...['PS256', 'PS384', 'PS512', 'ES512', 'ES256K', 'EdDSA', 'Ed25519'].map((alg) => refused(`alg ${alg}`, { token: token({ alg }), ...everyAlgorithm }, 'verify.header', `alg "${alg}" is refused`, UNJUDGED)),
        header('alg that encrypts', { alg: 'RSA-OAEP' }, 'it encrypts', UNJUDGED),
        header('alg in lower case', { alg: 'rs256' }, 'this one is written RS256', UNJUDGED),
        header('alg that nobody knows', { alg: 'X' }, 'no signature algorithm of this name', UNJUDGED),
        header('alg that the caller does not accept', { alg: 'RS384' }, 'RS384 is not accepted here, only RS256', UNJUDGED),
        header('alg is missing', { alg: undefined }, 'no algorithm', UNJUDGED),
        header('alg is a number', { alg: 256 }, 'alg is a number', UNJUDGED),
        header('crit with an extension', { crit: ['exp'], exp: 1 }, 'crit demands', { steps: ['verify.header.crit fail', 'verify.signature pass'], reference: rfc(7515, '4.1.11') }),
        header('crit is empty', { crit: [] }, 'crit demands', { reference: rfc(7515, '4.1.11') }),
        header('crit is null', { crit: null }, 'crit demands'),
        header('b64 false', { b64: false, crit: ['b64'] }, 'b64', { steps: ['verify.header.b64 fail', 'verify.header.crit fail', 'verify.signature not_applicable'], reference: rfc(7797, '7') }),
        header('b64 true', { b64: true }, 'b64', UNJUDGED),
        header('cty JWT: a token in a token', { cty: 'JWT' }, 'The payload is another token', { reference: rfc(7519, '5.2') }),
        header('cty jwt', { cty: 'jwt' }, 'The payload is another token'),
        header('cty is a number', { cty: 5 }, 'cty is a number'),
        header('enc', { enc: 'A128GCM' }, 'enc belongs to an encrypted token', UNJUDGED),
        header('zip', { zip: 'DEF' }, 'zip belongs to an encrypted token'),
        header('typ is a number', { typ: 5 }, 'typ is a number'),
        test('typ is missing: told, not refused', { token: token({ typ: undefined }) }, { verdict: 'valid', '/steps/1/children/1/title': 'Careful: there is no typ. A token of CircleCI says JWT' }, rfc(7519, '5.1')),
        test('another typ: told, not refused', { token: token({ typ: 'at+jwt' }) }, { verdict: 'valid', '/steps/1/children/1/title': 'Careful: typ is "at+jwt". A token of CircleCI says JWT' }),
        test('typ in lower case', { token: token({ typ: 'jwt' }) }, { verdict: 'valid', '/steps/1/children/1/title': 'typ is JWT' }),
        header('kid is a number', { kid: 5 }, 'kid is a number', UNJUDGED),
        header('kid is null', { kid: null }, 'kid is null', UNJUDGED),
        test('a key in the header is ignored', { token: signer.token(claims(), { ...HEADER, jwk: signer.jwk('other') }, { key: 'other' }) }, {
          verdict: 'invalid',
          'headline~': 'The signature is not made with key',
          steps: ['verify.header pass', 'verify.header.key_material not_applicable', 'verify.signature fail'],
        }, rfc(8725, '3.10')),
        test('links to keys in the header are ignored', { token: token({ jku: 'https://evil.example/keys', x5u: 'https://evil.example/x', x5c: ['MII='], x5t: 'AA' }) }, {
          verdict: 'valid',
          steps: ['verify.header.key_material not_applicable'],
        }),
        test('unknown header members are ignored', { token: token({ foo: { bar: [1] } }) }, { verdict: 'valid' }, rfc(7515, '4')),
        raw('alg twice', `{"alg":"none","alg":"RS256","kid":"test-2025-11"}`, 'occurs twice in the header', { ...UNJUDGED, reference: rfc(7515, '4') }),
        raw('kid twice, once escaped', `{"alg":"RS256","kid":"test-2025-11","k\\u0069d":"x"}`, 'occurs twice in the header', UNJUDGED),
        raw('not JSON', 'alg=RS256', 'The header cannot be read', { steps: ['json.syntax fail', ...UNJUDGED.steps] }),
        raw('empty', '', 'The header is empty', UNJUDGED),
        raw('an array', '["RS256"]', 'The header is an array', UNJUDGED),
        raw('a byte order mark', '\ufeff{"alg":"RS256"}', 'byte order mark', UNJUDGED),
        raw('something after the object', '{"alg":"RS256"}{}', 'follows the end', UNJUDGED),
        refused('not UTF-8', { token: `${encode(Buffer.from([0x7b, 0xff, 0x7d]))}.${encode(claims())}.AA` }, 'verify.header', 'not UTF-8', UNJUDGED),
      ],
    },
  };
};
