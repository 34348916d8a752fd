import { sha256Hex } from '../../../src/core/tokens.ts'
import * as schema from '../../../src/schema.ts'
import { db, LONG_AGO } from '../builders.ts'
import { givenStaff } from '../requests.ts'
import type { Expected, RoomSite } from './expected.ts'
import { staffOnly } from './expected.ts'

const PERSON = '/staff/people/:id{[1-9][0-9]{0,8}}'
const PASSKEY = '/staff/security/passkeys/:id{[A-Za-z0-9_-]{1,1400}}'

const colleague = async () => ({ id: String((await givenStaff('support')).id) })
const newcomer = async () => ({ id: String((await givenStaff('support', { joinedAt: null })).id) })

/** An invitation that nobody has taken yet. */
async function invitation() {
  const { id } = await givenStaff('support', { joinedAt: null })
  const token = `invitation-${id}`.padEnd(43, 'x')
  await db.insert(schema.accessLinks).values({
    tokenHash: await sha256Hex(token),
    candidateId: null,
    purpose: 'staff_invitation',
    sentTo: `someone${id}@program.example`,
    data: { staffId: id, role: 'support' },
    createdAt: LONG_AGO,
    expiresAt: new Date('2099-12-31'),
  })
  return { token }
}

const everybody: Expected['answers'] = [303, 303, 303]
const seen = (needs: NonNullable<Expected['staff']>['needs']) => ({ needs, answer: 200 })
const done = (needs: NonNullable<Expected['staff']>['needs']) => ({ needs, answer: 303 })
const refused = (needs: NonNullable<Expected['staff']>['needs']) => ({ needs, answer: 422 })

export const staffSite: RoomSite = {
  routes: {
    'GET /staff': { path: () => '/staff', answers: staffOnly, staff: seen(null) },
    'GET /staff/sign-in': { path: () => '/staff/sign-in', answers: [200, 200, 200], staff: done(null) },
    'POST /staff/sign-in': {
      path: () => '/staff/sign-in',
      sends: () => ({ email: 'grace@program.example', password: 'wrong horse battery staple' }),
      answers: [422, 422, 422],
    },
    'GET /staff/sign-in/code': { path: () => '/staff/sign-in/code', answers: everybody },
    'POST /staff/sign-in/code': {
      path: () => '/staff/sign-in/code',
      sends: () => ({ code: '123456' }),
      answers: everybody,
    },
    'POST /staff/sign-in/passkey/challenge': {
      path: () => '/staff/sign-in/passkey/challenge',
      answers: [200, 200, 200],
    },
    'POST /staff/sign-in/passkey': {
      path: () => '/staff/sign-in/passkey',
      sends: () => ({ passkey: '{}' }),
      answers: everybody,
    },
    // Fresh from the sign-in, nothing is asked again.
    'GET /staff/sign-in/again': { path: () => '/staff/sign-in/again', answers: staffOnly, staff: done(null) },
    'POST /staff/sign-in/again': {
      path: () => '/staff/sign-in/again',
      sends: () => ({ password: 'wrong', code: '123456' }),
      answers: staffOnly,
      staff: refused(null),
    },
    'POST /staff/sign-out': { path: () => '/staff/sign-out', answers: everybody },

    'GET /staff/invitations/:token': {
      prepare: invitation,
      path: (_, { token }) => `/staff/invitations/${token}`,
      answers: [200, 200, 200],
    },
    'POST /staff/invitations/:token': {
      prepare: invitation,
      path: (_, { token }) => `/staff/invitations/${token}`,
      sends: () => ({ password: 'short', code: '123456', offer: 'none' }),
      answers: [422, 422, 422],
    },
    'POST /staff/invitations/:token/passkey/challenge': {
      prepare: invitation,
      path: (_, { token }) => `/staff/invitations/${token}/passkey/challenge`,
      answers: [200, 200, 200],
    },
    'POST /staff/invitations/:token/passkey': {
      prepare: invitation,
      path: (_, { token }) => `/staff/invitations/${token}/passkey`,
      sends: () => ({ passkey: '{}' }),
      answers: [422, 422, 422],
    },

    'GET /staff/people': { path: () => '/staff/people', answers: staffOnly, staff: seen('people.view') },
    'GET /staff/people/new': {
      path: () => '/staff/people/new',
      answers: staffOnly,
      staff: seen('people.change'),
    },
    'POST /staff/people/new': {
      path: () => '/staff/people/new',
      sends: () => ({ name: 'Mary Jackson', email: 'mary@program.example', role: 'reviewer' }),
      answers: staffOnly,
      staff: done('people.change'),
    },
    [`GET ${PERSON}`]: {
      prepare: colleague,
      path: (_, { id }) => `/staff/people/${id}`,
      answers: staffOnly,
      staff: seen('people.view'),
    },
    [`POST ${PERSON}`]: {
      prepare: colleague,
      path: (_, { id }) => `/staff/people/${id}`,
      sends: () => ({ role: 'auditor' }),
      answers: staffOnly,
      staff: done('people.change'),
    },
    [`GET ${PERSON}/invitation`]: {
      prepare: newcomer,
      path: (_, { id }) => `/staff/people/${id}/invitation`,
      answers: staffOnly,
      staff: seen('people.change'),
    },
    [`POST ${PERSON}/invitation`]: {
      prepare: newcomer,
      path: (_, { id }) => `/staff/people/${id}/invitation`,
      answers: staffOnly,
      staff: done('people.change'),
    },
    [`GET ${PERSON}/removal`]: {
      prepare: colleague,
      path: (_, { id }) => `/staff/people/${id}/removal`,
      answers: staffOnly,
      staff: seen('people.change'),
    },
    [`POST ${PERSON}/removal`]: {
      prepare: colleague,
      path: (_, { id }) => `/staff/people/${id}/removal`,
      answers: staffOnly,
      staff: done('people.change'),
    },

    'GET /staff/security': { path: () => '/staff/security', answers: staffOnly, staff: seen(null) },
    'GET /staff/security/passkeys': {
      path: () => '/staff/security/passkeys',
      answers: staffOnly,
      staff: seen(null),
    },
    'POST /staff/security/passkeys': {
      path: () => '/staff/security/passkeys',
      sends: () => ({ name: 'Desk', passkey: '{}' }),
      answers: staffOnly,
      staff: refused(null),
    },
    'POST /staff/security/passkeys/challenge': {
      path: () => '/staff/security/passkeys/challenge',
      answers: staffOnly,
      staff: seen(null),
    },
    // Nobody has this passkey.
    [`GET ${PASSKEY}`]: {
      path: () => '/staff/security/passkeys/AAAA',
      answers: staffOnly,
      staff: { needs: null, answer: 404 },
    },
    [`POST ${PASSKEY}`]: {
      path: () => '/staff/security/passkeys/AAAA',
      answers: staffOnly,
      staff: { needs: null, answer: 404 },
    },
    'GET /staff/security/app': {
      path: () => '/staff/security/app',
      answers: staffOnly,
      staff: seen(null),
    },
    'POST /staff/security/app': {
      path: () => '/staff/security/app',
      sends: () => ({ password: 'short', code: '123456', offer: 'none' }),
      answers: staffOnly,
      staff: refused(null),
    },
    'GET /staff/security/app/removal': {
      path: () => '/staff/security/app/removal',
      answers: staffOnly,
      staff: seen(null),
    },
    'POST /staff/security/app/removal': {
      path: () => '/staff/security/app/removal',
      answers: staffOnly,
      staff: refused(null),
    },
    'GET /staff/security/password': {
      path: () => '/staff/security/password',
      answers: staffOnly,
      staff: seen(null),
    },
    'POST /staff/security/password': {
      path: () => '/staff/security/password',
      sends: () => ({ current: 'wrong', password: 'another horse battery staple' }),
      answers: staffOnly,
      staff: refused(null),
    },
    'GET /staff/security/recovery-codes': {
      path: () => '/staff/security/recovery-codes',
      answers: staffOnly,
      staff: seen(null),
    },
    'POST /staff/security/recovery-codes': {
      path: () => '/staff/security/recovery-codes',
      answers: staffOnly,
      staff: done(null),
    },
    'GET /staff/security/sessions': {
      path: () => '/staff/security/sessions',
      answers: staffOnly,
      staff: seen(null),
    },
    'POST /staff/security/sessions': {
      path: () => '/staff/security/sessions',
      sends: () => ({}),
      answers: staffOnly,
      staff: done(null),
    },
  },
  guarded: [
    '/staff/sign-in/again',
    '/staff/people/*',
    '/staff/people/new',
    `${PERSON}/:change`,
    '/staff/security/*',
    '/staff/security/:method/*',
  ],
}
