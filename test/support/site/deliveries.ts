import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import * as schema from '../../../src/schema.ts'
import { db, givenRegistration, givenResult } from '../builders.ts'
import { type Made, type Place, type RoomSite, staffOnly } from './expected.ts'

const DELIVERY = '/staff/deliveries/:id{[0-9a-f]{8}-[0-9a-f-]{27}}'
const RESULT = '/staff/results/:id{[1-9][0-9]{0,14}}'

const seen = { needs: 'deliveries.view', answer: 200 } as const
const changed = { needs: 'deliveries.run', answer: 303 } as const

/** Its bytes are in the bucket. */
async function keptBytes({ delivery }: Place): Promise<Made> {
  const [stored] = await db.select().from(schema.deliveries).where(eq(schema.deliveries.id, delivery))
  await env.BUCKET.put(stored!.objectKey, 'RegistrationID\r\n')
  return {}
}

async function aResult({ candidate }: Place): Promise<Made> {
  const result = await givenResult({ candidateId: candidate.id })
  return { id: String(result.id) }
}

async function aLateResult({ candidate }: Place): Promise<Made> {
  await givenRegistration({ candidateId: candidate.id, appointmentOn: '2026-05-04', state: 'delivered' })
  return {}
}

export const deliveriesSite: RoomSite = {
  routes: {
    'GET /staff/deliveries': { path: () => '/staff/deliveries', answers: staffOnly, staff: seen },
    'GET /staff/deliveries/new': {
      path: () => '/staff/deliveries/new',
      answers: staffOnly,
      staff: { needs: 'deliveries.run', answer: 200 },
    },
    'POST /staff/deliveries/new': {
      path: () => '/staff/deliveries/new',
      sends: () => ({ feed: 'pearson' }),
      answers: staffOnly,
      staff: { needs: 'deliveries.run', answer: 422 },
    },
    [`GET ${DELIVERY}`]: {
      path: ({ delivery }) => `/staff/deliveries/${delivery}`,
      answers: staffOnly,
      staff: seen,
    },
    [`POST ${DELIVERY}/run`]: {
      path: ({ delivery }) => `/staff/deliveries/${delivery}/run`,
      sends: () => ({ run: '1', decision: 'again' }),
      answers: staffOnly,
      staff: changed,
    },
    [`POST ${DELIVERY}/set-aside`]: {
      path: ({ delivery }) => `/staff/deliveries/${delivery}/set-aside`,
      sends: () => ({ run: '1' }),
      answers: staffOnly,
      staff: changed,
    },
    [`GET ${DELIVERY}/progress`]: {
      path: ({ delivery }) => `/staff/deliveries/${delivery}/progress`,
      answers: staffOnly,
      staff: seen,
    },
    [`GET ${DELIVERY}/file`]: {
      prepare: keptBytes,
      path: ({ delivery }) => `/staff/deliveries/${delivery}/file`,
      answers: staffOnly,
      staff: { needs: 'deliveries.download', answer: 200 },
    },
    [`GET ${DELIVERY}/problems.csv`]: {
      path: ({ delivery }) => `/staff/deliveries/${delivery}/problems.csv`,
      answers: staffOnly,
      staff: seen,
    },
    [`GET ${RESULT}`]: {
      prepare: aResult,
      path: (_, { id }) => `/staff/results/${id}`,
      answers: staffOnly,
      staff: seen,
    },
    'GET /staff/late-results': {
      prepare: aLateResult,
      path: () => '/staff/late-results',
      answers: staffOnly,
      staff: seen,
    },
  },
  guarded: ['/staff/deliveries/*', '/staff/deliveries/new', '/staff/results/*', '/staff/late-results'],
}
