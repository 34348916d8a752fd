import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { findSameRequest } from '../../../src/requests/make-queries.ts'
import { makeRequest } from '../../../src/requests/make-request.ts'
import { requestFiles } from '../../../src/schema.ts'
import { heic } from '../../requests/given-photo.ts'
import { db } from '../builders.ts'
import { type Made, owner, type Place, type RoomSite, signedIn, staffOnly } from './expected.ts'

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
  guarded: ['/requests/*', '/requests/name-change', '/staff/requests/*'],
}
