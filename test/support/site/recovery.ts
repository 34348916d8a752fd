import { randomToken, sha256Hex } from '../../../src/core/tokens.ts'
import * as schema from '../../../src/schema.ts'
import { db, LONG_AGO } from '../builders.ts'
import { everybody, type Made, type Place, type RoomSite } from './expected.ts'

const TOMORROW = () => new Date(Date.now() + 86_400_000)

/** A recovery of the candidate's record, asked for or waiting to take effect, and a link of it. */
async function givenRecovery({ candidate }: Place, isWaiting: boolean): Promise<Made> {
  const [recovery] = await db
    .insert(schema.recoveries)
    .values({
      candidateId: candidate.id,
      newAddress: 'new@example.net',
      newNormalized: 'new@example.net',
      proof: 'number_and_birth',
      askedAt: LONG_AGO,
      ...(isWaiting && { confirmedAt: LONG_AGO, effectiveAt: TOMORROW() }),
    })
    .returning()
  const token = randomToken()
  await db.insert(schema.accessLinks).values({
    tokenHash: await sha256Hex(token),
    candidateId: isWaiting ? candidate.id : null,
    purpose: isWaiting ? 'recovery_stop' : 'recovery_confirmation',
    sentTo: isWaiting ? candidate.email : 'new@example.net',
    data: { recoveryId: recovery!.id },
    createdAt: LONG_AGO,
    expiresAt: TOMORROW(),
  })
  return { token }
}

const asked = (place: Place) => givenRecovery(place, false)
const waiting = (place: Place) => givenRecovery(place, true)
const sent: RoomSite['routes'][string]['answers'] = [303, 303, 303]

export const recoverySite: RoomSite = {
  routes: {
    'GET /lost-address': { path: () => '/lost-address', answers: everybody },
    'POST /lost-address': {
      path: () => '/lost-address',
      sends: ({ candidate }) => ({ candidateId: candidate.id, email: 'new@example.net' }),
      answers: sent,
    },
    'GET /lost-address/:token': {
      prepare: asked,
      path: (_, { token }) => `/lost-address/${token}`,
      answers: everybody,
    },
    'POST /lost-address/:token': {
      prepare: asked,
      path: (_, { token }) => `/lost-address/${token}`,
      answers: sent,
    },
    'GET /lost-address/:token/photo': {
      prepare: asked,
      path: (_, { token }) => `/lost-address/${token}/photo`,
      answers: sent,
    },
    'POST /lost-address/:token/photo': {
      prepare: asked,
      path: (_, { token }) => `/lost-address/${token}/photo`,
      answers: sent,
    },
    'GET /lost-address/stop/:token': {
      prepare: waiting,
      path: (_, { token }) => `/lost-address/stop/${token}`,
      answers: everybody,
    },
    'POST /lost-address/stop/:token': {
      prepare: waiting,
      path: (_, { token }) => `/lost-address/stop/${token}`,
      answers: sent,
    },
  },
  guarded: [],
}
