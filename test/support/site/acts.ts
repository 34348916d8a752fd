import * as schema from '../../../src/schema.ts'
import { db, LONG_AGO } from '../builders.ts'
import { givenStaff } from '../requests.ts'
import { type Made, type Place, type RoomSite, staffOnly } from './expected.ts'

const AWARD = '/staff/awards/:id{[1-9][0-9]{0,14}}'
const ACT = `${AWARD}/:kind{revoke|suspend|reinstate|extend|correct}`

const PROPOSAL = '/staff/acts/:id{[1-9][0-9]{0,14}}'

const APPROVALS = '/staff/candidates/:id/approvals'
const WITHDRAWAL = `${APPROVALS}/:approval{[1-9][0-9]{0,14}}/withdrawal`

async function approval({ candidate }: Place): Promise<Made> {
  const [row] = await db
    .insert(schema.approvals)
    .values({
      candidateId: candidate.id,
      approval: 'board',
      approvedOn: '2026-02-01',
      note: '',
      givenBy: (await givenStaff('reviewer')).id,
      givenAt: LONG_AGO,
      submission: crypto.randomUUID(),
    })
    .returning()
  return { id: String(row!.id) }
}

/** What a colleague proposed for the award of the place. */
async function proposal({ award }: Place): Promise<Made> {
  const [row] = await db
    .insert(schema.actProposals)
    .values({
      kind: 'suspend',
      effectiveOn: '2026-06-01',
      reason: 'In question',
      awardIds: [award.id],
      state: 'proposed',
      proposedBy: (await givenStaff('reviewer')).id,
      proposedAt: LONG_AGO,
      submission: crypto.randomUUID(),
    })
    .returning()
  return { id: String(row!.id) }
}

export const actsSite: RoomSite = {
  routes: {
    [`GET ${AWARD}`]: {
      path: ({ award }) => `/staff/awards/${award.id}`,
      answers: staffOnly,
      staff: { needs: 'awards.view', answer: 200 },
    },
    [`GET ${ACT}`]: {
      path: ({ award }) => `/staff/awards/${award.id}/suspend`,
      answers: staffOnly,
      staff: { needs: 'awards.act', answer: 200 },
    },
    [`POST ${ACT}`]: {
      path: ({ award }) => `/staff/awards/${award.id}/suspend`,
      // No result of the place earned its award on its day, so that the rules know none to suspend.
      sends: () => ({ on: '2026-06-01', reason: 'In question' }),
      answers: staffOnly,
      staff: { needs: 'awards.act', answer: 422 },
    },
    [`GET ${APPROVALS}`]: {
      path: ({ candidate }) => `/staff/candidates/${candidate.id}/approvals`,
      answers: staffOnly,
      staff: { needs: 'approvals.give', answer: 200 },
    },
    [`POST ${APPROVALS}`]: {
      path: ({ candidate }) => `/staff/candidates/${candidate.id}/approvals`,
      // The sample program asks for none.
      sends: () => ({ approval: 'board', on: '2026-06-01' }),
      answers: staffOnly,
      staff: { needs: 'approvals.give', answer: 422 },
    },
    [`GET ${WITHDRAWAL}`]: {
      prepare: approval,
      path: ({ candidate }, { id }) => `/staff/candidates/${candidate.id}/approvals/${id}/withdrawal`,
      answers: staffOnly,
      staff: { needs: 'approvals.give', answer: 200 },
    },
    [`POST ${WITHDRAWAL}`]: {
      prepare: approval,
      path: ({ candidate }, { id }) => `/staff/candidates/${candidate.id}/approvals/${id}/withdrawal`,
      answers: staffOnly,
      // Nobody said why.
      staff: { needs: 'approvals.give', answer: 422 },
    },
    'GET /staff/acts': {
      path: () => '/staff/acts',
      answers: staffOnly,
      staff: { needs: 'awards.view', answer: 200 },
    },
    'GET /staff/acts/new': {
      path: () => '/staff/acts/new',
      answers: staffOnly,
      staff: { needs: 'awards.act', answer: 200 },
    },
    'POST /staff/acts/new': {
      path: () => '/staff/acts/new',
      sends: ({ award }) => ({
        kind: 'suspend',
        on: '2026-06-01',
        reason: 'In question',
        lines: award.verificationCode,
        propose: '1',
      }),
      answers: staffOnly,
      staff: { needs: 'awards.act', answer: 200 },
    },
    [`GET ${PROPOSAL}`]: {
      prepare: proposal,
      path: (_, { id }) => `/staff/acts/${id}`,
      answers: staffOnly,
      staff: { needs: 'awards.view', answer: 200 },
    },
    [`POST ${PROPOSAL}`]: {
      prepare: proposal,
      path: (_, { id }) => `/staff/acts/${id}`,
      sends: () => ({ digest: 'of something else' }),
      answers: staffOnly,
      staff: { needs: 'awards.act', answer: 200 },
    },
    [`POST ${PROPOSAL}/drop`]: {
      prepare: proposal,
      path: (_, { id }) => `/staff/acts/${id}/drop`,
      answers: staffOnly,
      staff: { needs: 'awards.act', answer: 303 },
    },
    [`GET ${PROPOSAL}/certifications.csv`]: {
      prepare: proposal,
      path: (_, { id }) => `/staff/acts/${id}/certifications.csv`,
      answers: staffOnly,
      staff: { needs: 'awards.view', answer: 200 },
    },
  },
  guarded: ['/staff/awards/*', '/staff/acts/*', `${APPROVALS}/*`],
}
