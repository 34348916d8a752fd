import { randomToken, sha256Hex } from '../../../src/core/tokens.ts'
import * as schema from '../../../src/schema.ts'
import { db, givenCandidate, LONG_AGO } from '../builders.ts'
import { type Made, type Place, type RoomSite, signedIn } from './expected.ts'

const PROOF = '/profile/merge/:token{[A-Za-z0-9_-]{43}}'
const PREVIEW = '/profile/merge/proofs/:id{[1-9][0-9]{0,14}}'
const FAR = new Date('2099-12-31')

/** A link to another record of the candidate's. */
async function mailedLink({ candidate }: Place): Promise<Made> {
  const other = await givenCandidate()
  const token = randomToken()
  await db.insert(schema.accessLinks).values({
    tokenHash: await sha256Hex(token),
    candidateId: other.id,
    purpose: 'merge_proof',
    sentTo: other.email,
    data: { candidateId: candidate.id },
    createdAt: LONG_AGO,
    expiresAt: FAR,
  })
  return { token }
}

async function proof({ candidate }: Place): Promise<Made> {
  const other = await givenCandidate()
  const [kept] = await db
    .insert(schema.mergeProofs)
    .values({
      candidateId: candidate.id,
      otherId: other.id,
      provedBy: 'link',
      provedAt: LONG_AGO,
      expiresAt: FAR,
    })
    .returning()
  return { id: String(kept!.id) }
}

export const mergeSite: RoomSite = {
  routes: {
    'GET /profile/merge': { path: () => '/profile/merge', answers: signedIn },
    'POST /profile/merge': {
      path: () => '/profile/merge',
      sends: () => ({ by: 'link', account: 'somebody@example.org' }),
      answers: [303, 303, 303],
    },
    [`GET ${PROOF}`]: {
      prepare: mailedLink,
      path: (_, { token }) => `/profile/merge/${token}`,
      answers: [303, 404, 200],
    },
    [`POST ${PROOF}`]: {
      prepare: mailedLink,
      path: (_, { token }) => `/profile/merge/${token}`,
      answers: [303, 404, 303],
    },
    [`GET ${PREVIEW}`]: {
      prepare: proof,
      path: (_, { id }) => `/profile/merge/proofs/${id}`,
      answers: [303, 404, 200],
    },
    [`POST ${PREVIEW}`]: {
      prepare: proof,
      path: (_, { id }) => `/profile/merge/proofs/${id}`,
      sends: () => ({ sure: 'on' }),
      answers: [303, 404, 303],
    },
  },
  guarded: ['/profile/merge/*'],
}
