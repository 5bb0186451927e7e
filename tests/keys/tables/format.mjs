import { EXPIRES, claims, encode, refused, rfc, test } from '../sign.mjs';

const JUDGED_ALL_THE_SAME = { steps: ['verify.claims pass', 'verify.issuer pass', 'verify.audience pass', 'verify.time pass'] };

export default (signer) => {
  const base = signer.base();
  const [header, payload, signature] = base.token.split('.');
  const format = (name, token, headline, more) => refused(name, { token }, 'verify.format', headline, more);
  return {
    format: {
      about: 'The step verify.format: three parts, strict base64url; and what is judged all the same.',
      base,
      cases: [
        test('a good token', {}, {
          verdict: 'valid',
          'headline~': 'Genuine. From organization',
          '/steps/0/code': 'verify.format',
          '/steps/1/code': 'verify.header',
          '/steps/2/code': 'verify.key',
          '/steps/3/code': 'verify.signature',
          '/steps/4/code': 'verify.claims',
          '/steps/5/code': 'verify.issuer',
          '/steps/6/code': 'verify.audience',
          '/steps/7/code': 'verify.require',
          '/steps/7/outcome': 'not_applicable',
          '/steps/8/code': 'verify.time',
        }),
        format('empty', '', 'The token is empty', { steps: ['verify.key not_applicable', 'verify.signature not_applicable', 'verify.claims not_applicable', 'verify.issuer not_applicable', 'verify.time not_applicable'] }),
        format('white space', '  ', 'The token is empty'),
        format('one byte', 'e', 'one part'),
        format('one part', payload, 'one part'),
        format('without signature part', `${header}.${payload}`, 'The signature part is missing', { ...JUDGED_ALL_THE_SAME, reference: rfc(7515, '7.1') }),
        format('four parts', `${base.token}.e30`, '4 parts', JUDGED_ALL_THE_SAME),
        format('five parts are an encrypted token', `${header}.a.${payload}.${signature}.a`, 'encrypted token (JWE)', { steps: ['verify.claims not_applicable'], reference: rfc(7516, '7.1') }),
        format('dots', '.'.repeat(500), 'More than five parts'),
        format('JSON serialization', JSON.stringify({ payload, protected: header, signature }), 'This is JSON', { reference: rfc(7515, '7.2') }),
        format('padding', `${base.token}==`, 'without padding', { ...JUDGED_ALL_THE_SAME, reference: rfc(7515, '2') }),
        format('a line break at the end', `${base.token}\n`, 'not a base64url character', JUDGED_ALL_THE_SAME),
        format('a space before', ` ${base.token}`, 'not a base64url character', { steps: ['verify.header not_applicable', 'verify.claims pass'] }),
        format('quotes around', `"${base.token}"`, 'not a base64url character'),
        format('base64 instead of base64url', `${header}.${payload}.+${signature.slice(1)}`, 'belongs to base64, not base64url'),
        format('bits left over', `${header}.${payload}.${signature.slice(0, -1)}${signature.endsWith('B') ? 'C' : 'B'}`, 'bits left over', { reference: rfc(4648, '3.5') }),
        format('cut off inside a character group', `${header}.${payload}.${signature.slice(0, 41)}`, 'cut off'),
        test('the place of the fault is told', { token: `${header}.${payload}.${signature.slice(0, 10)}!${signature.slice(11)}` }, {
          '/steps/0/children/0/at/input': 'token',
          '/steps/0/children/0/at/start': header.length + payload.length + 12,
          '/steps/0/children/0/at/end': header.length + payload.length + 13,
        }),
        test('a broken signature part does not hide that it expired', { token: `${header}.${payload}.!`, options: { now: EXPIRES + 720 } }, {
          verdict: 'invalid',
          steps: ['verify.format fail', 'verify.signature not_applicable', 'verify.key pass', 'verify.time fail'],
        }),
        test('a broken header does not hide a wrong audience', { token: `!.${encode(claims({ aud: 'pypi' }))}.${signature}` }, {
          verdict: 'invalid',
          steps: ['verify.format fail', 'verify.header not_applicable', 'verify.key not_applicable', 'verify.signature not_applicable', 'verify.audience fail', 'verify.issuer pass'],
        }),
      ],
    },
  };
};
