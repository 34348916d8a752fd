import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { findSameRequest } from '../../../src/requests/make-queries.ts'
import { makeRequest } from '../../../src/requests/make-request.ts'
import { cannedAnswers, courseCompletions, requestFiles, requests } from '../../../src/schema.ts'
import { heic } from '../../requests/given-photo.ts'
import { givenQuestion, givenReplyLink } from '../../requests/given-question.ts'
import { db } from '../builders.ts'
import { givenStaff } from '../requests.ts'
import { everybody, type Made, owner, type Place, type RoomSite, signedIn, staffOnly } from './expected.ts'

const name = { givenName: 'Ada', familyName: 'Byron', nativeName: null }

/** An open request with a photo; the one that is there if there is one. */
async function openRequest({ candidate }: Place): Promise<Made> {
  const asked = { kind: 'name_change', candidateId: candidate.id, submission: crypto.randomUUID() } as const
  const made = await makeRequest(
    env,
    db,
    {
      ...asked,
      details: {
        from: { ...name, fullName: 'Ada Byron' },
        to: { ...name, familyName: 'King', fullName: 'Ada King' },
        reason: 'marriage',
        explanation: '',
      },
      photo: { bytes: heic(), mediaType: 'image/heic' },
      actor: 'candidate',
    },
    new Date(),
  )
  const { id } = (made ?? (await findSameRequest(db, asked)))!
  const [file] = await db.select().from(requestFiles).where(eq(requestFiles.requestId, id))
  return { id: String(id), fileId: String(file!.id) }
}

/** An open question, with a file from its candidate and one from staff. */
async function openQuestion({ candidate }: Place): Promise<Made> {
  const { id, staffFileId } = await givenQuestion(candidate)
  return { id: String(id), fileId: String(staffFileId) }
}

/** A course that was approved and counts. */
async function approvedCourse({ candidate }: Place): Promise<Made> {
  const at = new Date()
  const { id: decidedBy } = await givenStaff('reviewer')
  const course = { course: 'JIR', completedOn: '2026-05-04' }
  const [request] = await db
    .insert(requests)
    .values({
      kind: 'course_completion',
      candidateId: candidate.id,
      submission: crypto.randomUUID(),
      state: 'approved',
      details: { ...course, submittedOn: '2026-05-05', notes: '' },
      createdAt: at,
      turnSince: at,
      decidedAt: at,
      decidedBy,
    })
    .returning()
  await db
    .insert(courseCompletions)
    .values({ ...course, candidateId: candidate.id, requestId: request!.id, createdAt: at })
  return { id: String(request!.id) }
}

/** A link of the mail about a question. */
async function replyLink(place: Place): Promise<Made> {
  const { id } = await openQuestion(place)
  return { token: await givenReplyLink(place.candidate, Number(id)) }
}

async function cannedAnswer(): Promise<Made> {
  const title = crypto.randomUUID()
  const { id: changedBy } = await givenStaff('owner')
  const [answer] = await db
    .insert(cannedAnswers)
    .values({ title, body: 'We look into it', changedAt: new Date(), changedBy })
    .returning()
  return { id: String(answer!.id) }
}

const QUESTION = '/requests/new/:kind{missing_result|result_question|other}'
const CANNED = '/staff/canned-answers/:id{[1-9][0-9]{0,14}}'
const mayCan = { needs: 'canned-answers.change', answer: 200 } as const
const canned = { title: 'Five days', body: 'Results take up to five business days' }

const REQUEST = '/requests/:id{[1-9][0-9]{0,14}}'
const REVIEW = `/staff${REQUEST}`

export const requestsSite: RoomSite = {
  routes: {
    'GET /requests': { path: () => '/requests', answers: signedIn },
    'GET /requests/name-change': { path: () => '/requests/name-change', answers: signedIn },
    'POST /requests/name-change': {
      path: () => '/requests/name-change',
      sends: () => ({ givenName: 'Ada', familyName: 'Byran', reason: 'typo' }),
      answers: [303, 303, 303],
    },
    [`GET ${REQUEST}`]: { prepare: openRequest, path: (_, { id }) => `/requests/${id}`, answers: owner },
    [`GET ${REQUEST}/withdrawal`]: {
      prepare: openRequest,
      path: (_, { id }) => `/requests/${id}/withdrawal`,
      answers: [303, 303, 303],
    },
    [`POST ${REQUEST}/withdrawal`]: {
      prepare: openRequest,
      path: (_, { id }) => `/requests/${id}/withdrawal`,
      answers: [303, 404, 303],
    },
    'GET /requests/new': { path: () => '/requests/new', answers: signedIn },
    [`GET ${QUESTION}`]: { path: () => '/requests/new/missing_result', answers: signedIn },
    [`POST ${QUESTION}`]: {
      path: () => '/requests/new/other',
      sends: () => ({ submission: crypto.randomUUID(), subject: 'My paper', message: 'Can you post it?' }),
      answers: [303, 303, 303],
    },
    [`GET ${REQUEST}/messages`]: {
      prepare: openQuestion,
      path: (_, { id }) => `/requests/${id}/messages`,
      answers: [303, 303, 303],
    },
    [`POST ${REQUEST}/messages`]: {
      prepare: openQuestion,
      path: (_, { id }) => `/requests/${id}/messages`,
      sends: () => ({ submission: crypto.randomUUID(), message: 'One thing more' }),
      answers: [303, 404, 303],
    },
    [`GET ${REQUEST}/rating`]: {
      prepare: openQuestion,
      path: (_, { id }) => `/requests/${id}/rating`,
      answers: [303, 303, 303],
    },
    [`POST ${REQUEST}/rating`]: {
      prepare: openQuestion,
      path: (_, { id }) => `/requests/${id}/rating`,
      sends: () => ({ helped: 'yes' }),
      answers: [303, 404, 303],
    },
    [`GET ${REQUEST}/files/:fileId{[1-9][0-9]{0,14}}`]: {
      prepare: openQuestion,
      path: (_, { id, fileId }) => `/requests/${id}/files/${fileId}`,
      answers: owner,
    },
    'GET /reply/:token': {
      prepare: replyLink,
      path: (_, { token }) => `/reply/${token}`,
      answers: everybody,
    },
    'POST /reply/:token': {
      prepare: replyLink,
      path: (_, { token }) => `/reply/${token}`,
      sends: () => ({ submission: crypto.randomUUID(), message: 'One thing more' }),
      answers: [303, 303, 303],
    },
    [`GET ${REVIEW}/messages`]: {
      prepare: openQuestion,
      path: (_, { id }) => `/staff/requests/${id}/messages`,
      answers: staffOnly,
      staff: { needs: 'requests.answer', answer: 303 },
    },
    [`POST ${REVIEW}/messages`]: {
      prepare: openQuestion,
      path: (_, { id }) => `/staff/requests/${id}/messages`,
      sends: () => ({ submission: crypto.randomUUID(), act: 'note', note: 'Called the vendor' }),
      answers: staffOnly,
      staff: { needs: 'requests.answer', answer: 303 },
    },
    [`GET ${REVIEW}/assignee`]: {
      prepare: openQuestion,
      path: (_, { id }) => `/staff/requests/${id}/assignee`,
      answers: staffOnly,
      staff: { needs: 'requests.answer', answer: 303 },
    },
    [`POST ${REVIEW}/assignee`]: {
      prepare: openQuestion,
      path: (_, { id }) => `/staff/requests/${id}/assignee`,
      sends: () => ({ from: '', to: '' }),
      answers: staffOnly,
      staff: { needs: 'requests.answer', answer: 303 },
    },
    'GET /staff/canned-answers': {
      path: () => '/staff/canned-answers',
      answers: staffOnly,
      staff: mayCan,
    },
    'POST /staff/canned-answers': {
      path: () => '/staff/canned-answers',
      sends: () => canned,
      answers: staffOnly,
      staff: { ...mayCan, answer: 303 },
    },
    [`GET ${CANNED}`]: {
      prepare: cannedAnswer,
      path: (_, { id }) => `/staff/canned-answers/${id}`,
      answers: staffOnly,
      staff: mayCan,
    },
    [`POST ${CANNED}`]: {
      prepare: cannedAnswer,
      path: (_, { id }) => `/staff/canned-answers/${id}`,
      sends: () => canned,
      answers: staffOnly,
      staff: { ...mayCan, answer: 303 },
    },
    [`GET ${CANNED}/removal`]: {
      prepare: cannedAnswer,
      path: (_, { id }) => `/staff/canned-answers/${id}/removal`,
      answers: staffOnly,
      staff: mayCan,
    },
    [`POST ${CANNED}/removal`]: {
      prepare: cannedAnswer,
      path: (_, { id }) => `/staff/canned-answers/${id}/removal`,
      answers: staffOnly,
      staff: { ...mayCan, answer: 303 },
    },
    'GET /staff/requests/doubted-courses': {
      path: () => '/staff/requests/doubted-courses',
      answers: staffOnly,
      staff: { needs: 'requests.view', answer: 200 },
    },
    [`GET ${REVIEW}/course`]: {
      prepare: approvedCourse,
      path: (_, { id }) => `/staff/requests/${id}/course`,
      answers: staffOnly,
      staff: { needs: 'requests.decide', answer: 303 },
    },
    [`POST ${REVIEW}/course`]: {
      prepare: approvedCourse,
      path: (_, { id }) => `/staff/requests/${id}/course`,
      sends: () => ({ act: 'take-back', reason: 'The certificate was forged' }),
      answers: staffOnly,
      staff: { needs: 'requests.decide', answer: 303 },
    },
    'GET /staff/requests': {
      prepare: openRequest,
      path: () => '/staff/requests',
      answers: staffOnly,
      staff: { needs: 'requests.view', answer: 200 },
    },
    [`GET ${REVIEW}`]: {
      prepare: openRequest,
      path: (_, { id }) => `/staff/requests/${id}`,
      answers: staffOnly,
      staff: { needs: 'requests.view', answer: 200 },
    },
    [`POST ${REVIEW}`]: {
      prepare: openRequest,
      path: (_, { id }) => `/staff/requests/${id}`,
      sends: () => ({ decision: 'refuse', reason: 'The document shows another name' }),
      answers: staffOnly,
      staff: { needs: 'requests.decide', answer: 303 },
    },
    [`GET ${REVIEW}/files/:fileId{[1-9][0-9]{0,14}}`]: {
      prepare: openRequest,
      path: (_, { id, fileId }) => `/staff/requests/${id}/files/${fileId}`,
      answers: staffOnly,
      staff: { needs: 'requests.view-files', answer: 200 },
    },
  },
  guarded: ['/requests/*', '/requests/name-change', '/staff/requests/*', '/staff/canned-answers/*'],
}
