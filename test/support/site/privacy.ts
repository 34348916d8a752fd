import { env } from 'cloudflare:workers'
import { randomToken, sha256Hex } from '../../../src/core/tokens.ts'
import * as schema from '../../../src/schema.ts'
import { db, LONG_AGO } from '../builders.ts'
import type { Place, RoomSite } from './expected.ts'
import { signedIn } from './expected.ts'

const LATER = new Date('2099-12-31')

/** A copy of the candidate's data that waits behind a link. */
async function givenCopy({ candidate }: Place) {
  const token = randomToken()
  const objectKey = `data-exports/${token}`
  await env.BUCKET.put(objectKey, 'a ZIP')
  const [copy] = await db
    .insert(schema.dataExports)
    .values({
      candidateId: candidate.id,
      askedAt: LONG_AGO,
      readyAt: LONG_AGO,
      objectKey,
      bytes: 5,
      expiresAt: LATER,
    })
    .returning()
  await db.insert(schema.accessLinks).values({
    tokenHash: await sha256Hex(token),
    candidateId: candidate.id,
    purpose: 'data_export',
    sentTo: candidate.email,
    data: { exportId: copy!.id, expiresOn: '2099-12-31' },
    createdAt: LONG_AGO,
    expiresAt: LATER,
  })
  return { token }
}

const COPY = '/profile/privacy/data/:token'

export const privacySite: RoomSite = {
  routes: {
    'GET /profile/privacy': { path: () => '/profile/privacy', answers: signedIn },
    'GET /profile/privacy/data': { path: () => '/profile/privacy/data', answers: [303, 303, 303] },
    'POST /profile/privacy/data': { path: () => '/profile/privacy/data', answers: [303, 303, 303] },
    [`GET ${COPY}`]: {
      prepare: givenCopy,
      path: (_, { token }) => `/profile/privacy/data/${token}`,
      answers: [303, 404, 200],
    },
    [`POST ${COPY}`]: {
      prepare: givenCopy,
      path: (_, { token }) => `/profile/privacy/data/${token}`,
      answers: [303, 404, 200],
    },
    'GET /profile/privacy/closing': { path: () => '/profile/privacy/closing', answers: signedIn },
    'POST /profile/privacy/closing': {
      path: () => '/profile/privacy/closing',
      sends: () => ({ verification: 'ends', confirm: 'not an ID' }),
      answers: [303, 422, 422],
    },
    'GET /profile/privacy/closing/stop': {
      path: () => '/profile/privacy/closing/stop',
      answers: [303, 303, 303],
    },
    'POST /profile/privacy/closing/stop': {
      path: () => '/profile/privacy/closing/stop',
      answers: [303, 303, 303],
    },
  },
  guarded: ['/profile/privacy', '/profile/privacy/*'],
}
