import { EXPIRES, ISSUED, ORG, PROJECT, claims, encode, refused, rfc, test } from '../sign.mjs';

const UNREADABLE = { steps: ['verify.signature pass', 'verify.issuer not_applicable', 'verify.audience not_applicable', 'verify.time not_applicable'] };

export default (signer) => {
  const base = signer.base();
  const raw = (name, payload, headline, more) => refused(name, { token: signer.token(payload) }, 'verify.claims', headline, more);
  const changed = (name, changes, headline, more) => raw(name, claims(changes), headline, more);
  // Numbers that JavaScript would not spell like this.
  const spelled = (claim, number) => claims({ [claim]: '@' }).replace('"@"', number);
  const required = (name, require, changes, outcome, headline, steps = []) => test(name, { token: signer.token(claims(changes)), options: { require } }, {
    verdict: { pass: 'valid', fail: 'invalid' }[outcome],
    ...(headline && { 'headline~': headline }),
    steps: [`verify.require ${outcome}`, `verify.require.claim ${outcome}`, ...steps],
  });
  return {
    claims: {
      about: 'The step verify.claims: the payload can be read, and the registered claims have their types.',
      base,
      cases: [
        raw('not JSON', 'sub=1', 'The payload cannot be read', UNREADABLE),
        raw('empty', '', 'The payload is empty', UNREADABLE),
        raw('an array', '[]', 'The payload is an array', UNREADABLE),
        raw('a byte order mark', `\ufeff${claims()}`, 'byte order mark', UNREADABLE),
        raw('something after the object', `${claims()} x`, 'follows the end', UNREADABLE),
        raw('another token', base.token, 'The payload is another token', UNREADABLE),
        refused('not UTF-8', { token: signer.token(Buffer.concat([Buffer.from('{"a":"'), Buffer.from([0xc3, 0x28]), Buffer.from('"}')])) }, 'verify.claims', 'not UTF-8', UNREADABLE),
        raw('aud twice', claims().replace('{', '{"aud":"pypi",'), '"aud" occurs twice in the payload', { steps: ['json.duplicate_member fail'], reference: rfc(7519, '4') }),
        raw('a member twice, deep inside', claims({ deep: '@' }).replace('"@"', '[{"x":1,"x":1}]'), '"x" occurs twice in the payload'),
        raw('a member twice, once escaped', claims().replace('{', '{"\\u0061ud":"pypi",'), '"aud" occurs twice in the payload'),
        raw('nested too deep', claims({ deep: '@' }).replace('"@"', '['.repeat(100) + ']'.repeat(100)), 'nested deeper than 64 levels', UNREADABLE),
        changed('iss is missing', { iss: undefined }, 'iss is missing', { steps: ['verify.issuer fail'] }),
        changed('iss is a number', { iss: 7 }, 'iss is a number, 7; it has to be text', { steps: ['verify.issuer fail'] }),
        changed('iss is a list', { iss: [`https://oidc.circleci.com/org/${ORG}`] }, 'iss is an array', { steps: ['verify.issuer fail'] }),
        changed('sub is a number', { sub: 7 }, 'sub is a number'),
        changed('aud is a number', { aud: 42 }, 'aud is a number, 42; it has to be text', { steps: ['verify.audience fail'], reference: rfc(7519, '4.1.3') }),
        changed('aud is an object', { aud: { a: ORG } }, 'aud is an object', { steps: ['verify.audience fail'] }),
        changed('aud is null', { aud: null }, 'aud is null', { steps: ['verify.audience fail'] }),
        changed('aud is a list with a number', { aud: [ORG, 42] }, 'aud is a list that holds a number', { steps: ['verify.audience fail'] }),
        changed('exp is missing', { exp: undefined }, 'exp is missing', { steps: ['verify.time not_applicable', 'verify.time.exp not_applicable', 'verify.time.iat pass'] }),
        changed('exp is text', { exp: String(EXPIRES) }, `exp is text, "${EXPIRES}"; it has to be a number of seconds`, { steps: ['verify.time.exp not_applicable'], reference: rfc(7519, '2') }),
        changed('exp is null', { exp: null }, 'exp is null', { steps: ['verify.time.exp not_applicable'] }),
        changed('exp in milliseconds', { exp: EXPIRES * 1000 }, 'milliseconds, perhaps', { steps: ['verify.time.exp not_applicable'] }),
        raw('exp without end', spelled('exp', '1e999'), 'exp is 1e999, which is no time in seconds', { steps: ['verify.time.exp not_applicable'] }),
        changed('iat is missing', { iat: undefined }, 'iat is missing', { steps: ['verify.time.exp pass', 'verify.time.iat not_applicable'] }),
        changed('iat is text', { iat: String(ISSUED) }, 'iat is text'),
        changed('nbf is text', { nbf: String(ISSUED) }, 'nbf is text', { steps: ['verify.time.nbf not_applicable'] }),
        test('exp and iat with a fraction', { token: signer.token(claims({ exp: EXPIRES + 0.5, iat: ISSUED + 0.25 })) }, { verdict: 'valid' }, rfc(7519, '2')),
        test('exp with an exponent', { token: signer.token(spelled('exp', '1.763075032e9')) }, { verdict: 'valid' }),
        test('unknown claims pass through', { token: signer.token(claims({ 'oidc.circleci.com/new': { a: [1, null] } })) }, { verdict: 'valid' }),
        test('an unreadable payload does not hide a bad signature', { token: `${base.token.split('.')[0]}.${encode('[')}.AAAA` }, {
          verdict: 'invalid',
          steps: ['verify.claims fail', 'verify.signature fail'],
        }),
      ],
    },
    require: {
      about: 'The step verify.require: further claims, compared with their type.',
      base,
      cases: [
        required('one text', { 'oidc.circleci.com/project-id': PROJECT }, {}, 'pass'),
        required('one of several', { 'oidc.circleci.com/vcs-ref': ['refs/heads/release', 'refs/heads/main'] }, {}, 'pass'),
        required('a boolean', { 'oidc.circleci.com/ssh-rerun': false }, {}, 'pass'),
        required('another boolean', { 'oidc.circleci.com/ssh-rerun': false }, { 'oidc.circleci.com/ssh-rerun': true }, 'fail', 'oidc.circleci.com/ssh-rerun is true; required is false'),
        required('text is not a boolean', { 'oidc.circleci.com/ssh-rerun': 'false' }, {}, 'fail', 'The types differ'),
        required('another text', { 'oidc.circleci.com/project-id': 'x' }, {}, 'fail', `oidc.circleci.com/project-id is "${PROJECT}"; required is "x"`),
        required('case counts', { 'oidc.circleci.com/vcs-origin': 'github.com/Acme/web' }, {}, 'fail'),
        required('no wildcards', { 'oidc.circleci.com/vcs-ref': 'refs/heads/*' }, {}, 'fail'),
        required('missing', { 'oidc.circleci.com/vcs-origin': 'github.com/acme/web' }, { 'oidc.circleci.com/vcs-origin': undefined }, 'fail', 'oidc.circleci.com/vcs-origin is missing'),
        required('a list that holds it', { 'oidc.circleci.com/context-ids': 'aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee' }, {}, 'pass'),
        required('a list that does not hold it', { 'oidc.circleci.com/context-ids': ['a', 'b'] }, {}, 'fail'),
        required('an empty list', { 'oidc.circleci.com/context-ids': 'a' }, { 'oidc.circleci.com/context-ids': [] }, 'fail'),
        required('a number by its value', { n: 1 }, { n: 1.0 }, 'pass'),
        required('an object never', { n: 1 }, { n: { n: 1 } }, 'fail'),
        test('all of them are needed', { options: { require: { 'oidc.circleci.com/project-id': PROJECT, 'oidc.circleci.com/vcs-ref': 'x' } } }, { verdict: 'invalid', steps: ['verify.require.claim pass', 'verify.require.claim fail'] }),
        test('nothing is required by an empty object', { options: { require: {} } }, { verdict: 'valid', steps: ['verify.require not_applicable'] }),
      ],
    },
  };
};
