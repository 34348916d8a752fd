import * as schema from '../../../src/schema.ts'
import { db, LONG_AGO } from '../builders.ts'
import { type Made, type Place, type RoomSite, staffOnly } from './expected.ts'

const MEMBER = 'exam.dat'

/** A row of the delivery that waits, about somebody whom nobody knows. */
async function waitingRow({ delivery }: Place): Promise<Made> {
  await db
    .insert(schema.quarantinedRows)
    .values({
      deliveryId: delivery,
      member: MEMBER,
      line: 2,
      kind: 'result',
      reason: 'unknown_candidate',
      message: 'candidate X1 is not known yet',
      raw: '300000001\tX1',
      fields: JSON.stringify({ registrationId: '300000001', candidateId: 'X1', examCode: 'JN0-106' }),
      candidateId: 'X1',
      examCode: 'JN0-106',
      feed: 'pearson',
      quarantinedAt: LONG_AGO,
    })
    .onConflictDoNothing()
  return {}
}

async function openReview({ candidate, delivery }: Place): Promise<Made> {
  const [review] = await db
    .insert(schema.resultReviews)
    .values({
      feed: 'pearson',
      registrationId: '300000001',
      candidateId: candidate.id,
      deliveryId: delivery,
      kind: 'revoked',
      rowHash: crypto.randomUUID(),
      openedAt: LONG_AGO,
    })
    .returning()
  return { id: String(review!.id) }
}

const ROW = '/staff/quarantine/:delivery{[A-Za-z0-9-]{1,64}}/:line{[0-9]{1,10}}'
const REVIEW = '/staff/reviews/:id{[1-9][0-9]{0,14}}'
const rowPath = ({ delivery }: Place) => `/staff/quarantine/${delivery}/2?member=${MEMBER}`

export const quarantineSite: RoomSite = {
  routes: {
    'GET /staff/quarantine': {
      prepare: waitingRow,
      path: () => '/staff/quarantine',
      answers: staffOnly,
      staff: { needs: 'deliveries.view', answer: 200 },
    },
    'GET /staff/quarantine.csv': {
      prepare: waitingRow,
      path: () => '/staff/quarantine.csv',
      answers: staffOnly,
      staff: { needs: 'deliveries.view', answer: 200 },
    },
    'POST /staff/quarantine/bulk': {
      prepare: waitingRow,
      path: () => '/staff/quarantine/bulk',
      sends: ({ delivery }) => ({ row: `${delivery}/2/${MEMBER}` }),
      answers: staffOnly,
      staff: { needs: 'quarantine.decide', answer: 200 },
    },
    [`GET ${ROW}`]: {
      prepare: waitingRow,
      path: rowPath,
      answers: staffOnly,
      staff: { needs: 'deliveries.view', answer: 200 },
    },
    [`POST ${ROW}`]: {
      prepare: waitingRow,
      path: rowPath,
      sends: () => ({ way: 'dismiss', note: 'A test of the vendor' }),
      answers: staffOnly,
      staff: { needs: 'quarantine.decide', answer: 303 },
    },
    'GET /staff/reviews': {
      prepare: openReview,
      path: () => '/staff/reviews',
      answers: staffOnly,
      staff: { needs: 'deliveries.view', answer: 200 },
    },
    [`GET ${REVIEW}`]: {
      prepare: openReview,
      path: (_, { id }) => `/staff/reviews/${id}`,
      answers: staffOnly,
      staff: { needs: 'deliveries.view', answer: 200 },
    },
    [`POST ${REVIEW}`]: {
      prepare: openReview,
      path: (_, { id }) => `/staff/reviews/${id}`,
      sends: () => ({ note: 'The vendor confirmed it' }),
      answers: staffOnly,
      staff: { needs: 'quarantine.decide', answer: 303 },
    },
  },
  guarded: ['/staff/quarantine/*', '/staff/quarantine.csv', '/staff/reviews/*'],
}
