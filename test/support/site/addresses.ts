import { randomToken, sha256Hex } from '../../../src/core/tokens.ts'
import * as schema from '../../../src/schema.ts'
import { db, LONG_AGO } from '../builders.ts'
import { everybody, type Made, type Place, type RoomSite, signedIn } from './expected.ts'

const IN_A_WEEK = () => new Date(Date.now() + 7 * 86_400_000)

/** A second address of the candidate, waiting or proved. */
async function givenSecond({ candidate }: Place, verifiedAt: Date | null) {
  const address = `second.${candidate.email}`
  const row = { candidateId: candidate.id, normalized: address, address, isPrimary: false, verifiedAt }
  await db.insert(schema.candidateEmails).values(row).onConflictDoNothing()
  return address
}

async function givenAddressLink(
  { candidate }: Place,
  purpose: 'address_confirmation' | 'address_undo',
  sentTo: string,
  data = {},
): Promise<Made> {
  const token = randomToken()
  await db.insert(schema.accessLinks).values({
    tokenHash: await sha256Hex(token),
    candidateId: candidate.id,
    purpose,
    sentTo,
    data,
    createdAt: LONG_AGO,
    expiresAt: IN_A_WEEK(),
  })
  return { token }
}

async function waitingAddress(place: Place): Promise<Made> {
  return givenAddressLink(place, 'address_confirmation', await givenSecond(place, null))
}

async function changedPrimary(place: Place): Promise<Made> {
  const { candidate } = place
  const [change] = await db
    .insert(schema.primaryChanges)
    .values({
      candidateId: candidate.id,
      fromNormalized: candidate.email,
      toNormalized: await givenSecond(place, LONG_AGO),
      changedAt: LONG_AGO,
      undoUntil: IN_A_WEEK(),
    })
    .returning()
  return givenAddressLink(place, 'address_undo', candidate.email, { changeId: change!.id })
}

const sent: RoomSite['routes'][string]['answers'] = [303, 303, 303]
const named = ({ candidate }: Place) => ({ address: candidate.email })

export const addressesSite: RoomSite = {
  routes: {
    'GET /profile/addresses': { path: () => '/profile/addresses', answers: signedIn },
    'POST /profile/addresses': {
      path: () => '/profile/addresses',
      sends: () => ({ email: 'new@example.org' }),
      answers: sent,
    },
    'GET /profile/addresses/confirmation': { path: () => '/profile/addresses/confirmation', answers: sent },
    'POST /profile/addresses/confirmation': {
      path: () => '/profile/addresses/confirmation',
      sends: named,
      answers: sent,
    },
    'GET /profile/addresses/primary': { path: () => '/profile/addresses/primary', answers: sent },
    'POST /profile/addresses/primary': {
      path: () => '/profile/addresses/primary',
      sends: named,
      answers: sent,
    },
    'GET /profile/addresses/removal': { path: () => '/profile/addresses/removal', answers: sent },
    'POST /profile/addresses/removal': {
      path: () => '/profile/addresses/removal',
      sends: named,
      answers: sent,
    },
    'GET /profile/addresses/stopped-recovery': {
      path: () => '/profile/addresses/stopped-recovery',
      answers: sent,
    },
    'POST /profile/addresses/stopped-recovery': {
      path: () => '/profile/addresses/stopped-recovery',
      answers: sent,
    },
    'GET /confirm-address/:token': {
      prepare: waitingAddress,
      path: (_, { token }) => `/confirm-address/${token}`,
      answers: everybody,
      names: true,
    },
    'POST /confirm-address/:token': {
      prepare: waitingAddress,
      path: (_, { token }) => `/confirm-address/${token}`,
      answers: sent,
    },
    'GET /undo-address/:token': {
      prepare: changedPrimary,
      path: (_, { token }) => `/undo-address/${token}`,
      answers: everybody,
      names: true,
    },
    'POST /undo-address/:token': {
      prepare: changedPrimary,
      path: (_, { token }) => `/undo-address/${token}`,
      answers: sent,
    },
  },
  guarded: ['/profile/addresses/*'],
}
