import { EXPIRES, ISSUED, NOW, ORG, PROJECT, STRANGER, USER, claims, refused, rfc, test } from '../sign.mjs';

const TOKENS = 'https://circleci.com/docs/openid-connect-tokens/';
const CUSTOM = 'https://circleci.com/docs/oidc-tokens-with-custom-claims/';
const ROOT = 'https://oidc.circleci.com';
const SERVER = 'https://circleci.example.com/org';

export default (signer) => {
  const base = signer.base();
  const signed = (changes) => ({ token: signer.token(claims(changes)) });
  const issuer = (name, changes, headline, more) => refused(name, signed(changes), 'verify.issuer', headline, { steps: ['verify.signature pass', 'verify.time pass'], ...more });
  const good = (name, input, steps, reference) => test(name, input, { verdict: 'valid', steps }, reference);
  const stranger = { iss: `${ROOT}/org/${STRANGER}`, aud: STRANGER, sub: `org/${STRANGER}/project/${PROJECT}/user/${USER}`, 'oidc.circleci.com/org-id': STRANGER };
  const unpinned = { organization: null, issuer: null };
  const audience = (name, aud, headline, more) => refused(name, signed({ aud }), 'verify.audience', headline, { steps: ['verify.signature pass', 'verify.time pass'], ...more });
  const at = (name, changes, options, headline, steps) => refused(name, { ...signed(changes), options }, 'verify.time', headline, { steps });
  const error = (name, options) => test(name, { options }, { error: 'ERR_ARGUMENT' });
  return {
    issuer: {
      about: 'The step verify.issuer: the pinned organization or issuer, and nothing is valid without.',
      base,
      cases: [
        good('the issuer of the organization', {}, ['verify.issuer pass', 'verify.issuer.iss pass'], TOKENS),
        issuer('another organization: genuine, and a stranger\'s', stranger, `From organization ${STRANGER}, not from ${ORG}`, { reference: TOKENS }),
        good('the root issuer with this organization', signed({ iss: ROOT }), ['verify.issuer.sub pass', 'verify.issuer.org_id pass'], CUSTOM),
        issuer('the root issuer with another organization', { ...stranger, iss: ROOT, aud: ORG }, `sub names organization ${STRANGER}`, { steps: ['verify.issuer.sub fail', 'verify.issuer.org_id fail'], reference: CUSTOM }),
        issuer('the root issuer, another organization in org-id alone', { iss: ROOT, 'oidc.circleci.com/org-id': STRANGER }, 'oidc.circleci.com/org-id is', { steps: ['verify.issuer.sub pass', 'verify.issuer.org_id fail'] }),
        issuer('the root issuer, another organization in sub alone', { iss: ROOT, sub: stranger.sub }, 'sub names organization', { steps: ['verify.issuer.sub fail', 'verify.issuer.org_id pass'] }),
        issuer('the root issuer without org-id', { iss: ROOT, 'oidc.circleci.com/org-id': undefined }, 'oidc.circleci.com/org-id is missing'),
        issuer('the root issuer without sub', { iss: ROOT, sub: undefined }, 'sub is missing'),
        issuer('the root issuer, a sub that only begins alike', { iss: ROOT, sub: `org/${ORG}x/project/${PROJECT}/user/${USER}` }, 'sub names organization'),
        issuer('the root issuer, a sub that holds it elsewhere', { iss: ROOT, sub: `org/${STRANGER}/project/org/${ORG}/user/${USER}` }, 'sub names organization'),
        good('the audit log has a sub of its own', signed({ iss: ROOT, sub: `org/${ORG}/file-streaming/audit-logs` }), ['verify.issuer.sub pass'], 'https://circleci.com/docs/audit-logs/'),
        issuer('a slash at the end', { iss: `${ROOT}/org/${ORG}/` }, 'They differ in a slash at the end only'),
        issuer('http', { iss: `http://oidc.circleci.com/org/${ORG}` }, 'They differ in http and https only'),
        issuer('upper case', { iss: `${ROOT}/org/${ORG.toUpperCase()}` }, 'not from'),
        issuer('a host that begins alike', { iss: `${ROOT}.evil.example/org/${ORG}` }, 'The issuer is "https://oidc.circleci.com.evil.example'),
        issuer('a path that goes on', { iss: `${ROOT}/org/${ORG}/x` }, 'The issuer is'),
        issuer('a server under an organization', { iss: `${SERVER}/${ORG}` }, 'For CircleCI server, pin the issuer instead', { reference: TOKENS }),
        good('a server by its issuer', { ...signed({ iss: `${SERVER}/${ORG}` }), options: { ...unpinned, issuer: `${SERVER}/${ORG}`, audience: ORG } }, ['verify.issuer pass']),
        test('the root issuer pinned alone: anybody\'s token has it', { ...signed({ ...stranger, iss: ROOT, aud: 'pypi' }), options: { ...unpinned, issuer: ROOT, audience: 'pypi' } }, {
          verdict: 'unverified',
          'headline~': 'it does not say whose token this is',
          steps: ['verify.issuer unknown', 'verify.issuer.iss pass', 'verify.issuer.org_id unknown', 'verify.signature pass', 'verify.audience pass', 'verify.time pass'],
        }, CUSTOM),
        good('the root issuer pinned, and the organization required', { ...signed({ iss: ROOT, aud: 'pypi' }), options: { ...unpinned, issuer: ROOT, audience: 'pypi', require: { 'oidc.circleci.com/org-id': ORG } } }, ['verify.issuer pass', 'verify.require pass'], CUSTOM),
        refused('the root issuer pinned, and another organization required', { ...signed({ ...stranger, iss: ROOT, aud: 'pypi' }), options: { ...unpinned, issuer: ROOT, audience: 'pypi', require: { 'oidc.circleci.com/org-id': ORG } } }, 'verify.require', `"${STRANGER}"; required is`),
        good('the root issuer pinned, and the organization', { ...signed({ iss: ROOT }), options: { issuer: ROOT } }, ['verify.issuer.iss pass', 'verify.issuer.sub pass', 'verify.issuer.org_id pass'], CUSTOM),
        refused('another issuer than the pinned one', { options: { ...unpinned, issuer: `${SERVER}/${ORG}`, audience: ORG } }, 'verify.issuer', 'The issuer is "https://oidc.circleci.com/org/'),
        good('issuer and organization: both hold', { ...signed({ iss: `${SERVER}/${ORG}`, 'oidc.circleci.com/org-id': undefined }), options: { issuer: `${SERVER}/${ORG}` } }, ['verify.issuer.iss pass', 'verify.issuer.sub pass']),
        refused('issuer and organization: one does not', { ...signed({ iss: SERVER, sub: stranger.sub }), options: { issuer: SERVER } }, 'verify.issuer', 'sub names organization'),
        test('neither: a genuine token is not valid', { options: { ...unpinned, audience: ORG } }, {
          verdict: 'unverified',
          'headline~': `Not pinned: the token says that it is organization ${ORG}`,
          steps: ['verify.signature pass', 'verify.issuer unknown', 'verify.audience pass', 'verify.time pass'],
        }),
        test('neither, from the root issuer', { ...signed({ iss: ROOT }), options: { ...unpinned, audience: ORG } }, { verdict: 'unverified', 'headline~': `the token says that it is organization ${ORG}` }),
        test('neither, from elsewhere', { ...signed({ iss: 'https://token.actions.githubusercontent.com', sub: 'repo:acme/web:ref:refs/heads/main', 'oidc.circleci.com/org-id': undefined }), options: { ...unpinned, audience: ORG } }, { verdict: 'unverified', 'headline~': 'the token says that its issuer is "https://token.actions.githubusercontent.com"' }),
        test('neither, and no audience either', { options: unpinned }, { verdict: 'unverified', 'headline~': 'Not pinned', steps: ['verify.issuer unknown', 'verify.audience unknown'] }),
        test('a stranger\'s token is not valid for whoever pins nothing', { ...signed(stranger), options: unpinned }, { verdict: 'unverified', 'headline~': `organization ${STRANGER}` }),
      ],
    },
    audience: {
      about: 'The step verify.audience: the organization\'s id by default, else what the caller accepts.',
      base,
      cases: [
        good('the organization\'s id by default', {}, ['verify.audience pass'], TOKENS),
        audience('another audience', 'sts.amazonaws.com', `Meant for "sts.amazonaws.com", not for "${ORG}"`, { reference: CUSTOM }),
        good('one of a list', signed({ aud: ['pypi', ORG] }), ['verify.audience pass'], rfc(7519, '4.1.3')),
        audience('none of a list', ['pypi', 'sigstore'], 'Meant for "pypi", "sigstore", not for'),
        audience('an empty list', [], 'Meant for nobody'),
        audience('missing', undefined, 'The token has no audience (aud)'),
        audience('case counts', ORG.toUpperCase(), 'Meant for'),
        audience('a part is not enough', ORG.slice(0, -1), 'Meant for'),
        good('an accepted text', { ...signed({ aud: 'pypi' }), options: { audience: 'pypi' } }, ['verify.audience pass']),
        good('one of several accepted texts', { ...signed({ aud: 'sigstore' }), options: { audience: ['pypi', 'sigstore'] } }, ['verify.audience pass']),
        refused('the organization\'s id is not accepted beside others', { options: { audience: ['pypi'] } }, 'verify.audience', `Meant for "${ORG}", not for "pypi"`),
        test('unknown where neither organization nor audience is given', { options: { organization: null, issuer: `${ROOT}/org/${ORG}` } }, {
          verdict: 'unverified',
          'headline~': 'Not said who is accepted',
          steps: ['verify.issuer pass', 'verify.audience unknown'],
        }),
        test('missing fails even there', { ...signed({ aud: undefined }), options: { organization: null, issuer: `${ROOT}/org/${ORG}` } }, { verdict: 'invalid', steps: ['verify.audience fail'] }),
        refused('a wrong audience is told before an expired token', { ...signed({ aud: 'pypi' }), options: { now: EXPIRES + 720 } }, 'verify.audience', 'Meant for "pypi"', { steps: ['verify.time fail'] }),
      ],
    },
    audience_any: {
      about: 'Any audience is accepted on purpose (null).',
      base: signer.base({ audience: null }),
      cases: [
        good('any text', signed({ aud: 'whatever' }), ['verify.audience pass']),
        good('none', signed({ aud: undefined }), ['verify.audience pass']),
        refused('a number all the same is no audience', signed({ aud: 42 }), 'verify.claims', 'aud is a number, 42'),
      ],
    },
    time: {
      about: 'The step verify.time: exp, nbf and iat against the given clock.',
      base,
      cases: [
        test('in its life', {}, { verdict: 'valid', 'headline~': 'Expires in 42 min, at 2025-11-13 23:03:52 UTC', steps: ['verify.time.exp pass', 'verify.time.iat pass'], no_steps: ['verify.time.nbf pass'] }),
        at('expired', {}, { now: EXPIRES + 720 }, 'Expired 12 min ago, at 2025-11-13 23:03:52 UTC', ['verify.time.exp fail', 'verify.time.iat pass']),
        at('expired 30 s ago: no leeway by default', {}, { now: EXPIRES + 30 }, 'Expired 30 s ago', ['verify.time.exp fail']),
        at('at the very second', {}, { now: EXPIRES }, 'Expired just now', ['verify.time.exp fail']),
        good('a moment before', { options: { now: EXPIRES - 0.001 } }, ['verify.time pass']),
        good('within the leeway', { options: { now: EXPIRES + 59, leeway: 60 } }, ['verify.time pass']),
        at('at the end of the leeway', {}, { now: EXPIRES + 60, leeway: 60 }, 'Expired 1 min ago', ['verify.time.exp fail']),
        at('issued in the future', { iat: NOW + 300 }, {}, 'Issued in the future: in 5 min', ['verify.time.exp pass', 'verify.time.iat fail']),
        good('issued in the future within the leeway', { ...signed({ iat: NOW + 60 }), options: { leeway: 60 } }, ['verify.time.iat pass']),
        at('not before', { nbf: NOW + 60 }, {}, 'Not to be used before 2025-11-13 22:22:52 UTC, in 1 min', ['verify.time.nbf fail']),
        good('nbf has passed', signed({ nbf: ISSUED }), ['verify.time.nbf pass']),
        good('nbf at the very second', signed({ nbf: NOW }), ['verify.time.nbf pass']),
        at('a time before 1970', { exp: -1 }, {}, 'Expired', ['verify.time.exp fail']),
        test('no clock', { options: { now: null } }, { verdict: 'unverified', 'headline~': 'No clock given: exp is 2025-11-13 23:03:52 UTC', steps: ['verify.time unknown', 'verify.time.exp unknown', 'verify.time.iat unknown', 'verify.signature pass'] }),
        refused('expired does not hide a stranger', { ...signed(stranger), options: { now: EXPIRES + 720 } }, 'verify.issuer', `From organization ${STRANGER}`, { steps: ['verify.time fail'] }),
      ],
    },
    options: {
      about: 'Options that are misused are errors: a check that silently does not happen is worse.',
      base,
      cases: [
        error('an algorithm that is not supported', { algorithms: ['PS256'] }),
        error('none is no algorithm to accept', { algorithms: ['none'] }),
        error('no algorithm at all', { algorithms: [] }),
        error('an empty organization', { organization: '' }),
        error('an empty issuer', { issuer: '' }),
        error('an organization that is a number', { organization: 5 }),
        error('an empty audience', { audience: '' }),
        error('no audience at all', { audience: [] }),
        error('an audience that is a number', { audience: 5 }),
        error('a list of audiences with a number', { audience: ['a', 5] }),
        error('a requirement that nothing satisfies', { require: { a: [] } }),
        error('a requirement that is an object', { require: { a: { b: 1 } } }),
        error('requirements in a list', { require: [] }),
        error('a clock that is text', { now: '2025-11-13' }),
        error('a negative leeway', { leeway: -1 }),
        error('a key set that is a number', { jwks: 5 }),
        error('an option that nobody knows', { audiences: ['pypi'] }),
      ],
    },
  };
};
