import { type RoomSite, staffOnly } from './expected.ts'

const CANDIDATE = '/staff/candidates/:id'

export const consoleSite: RoomSite = {
  routes: {
    'GET /staff/candidates': {
      path: ({ candidate }) => `/staff/candidates?q=${encodeURIComponent(candidate.email)}`,
      answers: staffOnly,
      staff: { needs: 'candidates.search', answer: 200 },
    },
    [`GET ${CANDIDATE}`]: {
      path: ({ candidate }) => `/staff/candidates/${candidate.id}`,
      answers: staffOnly,
      staff: { needs: 'candidates.view', answer: 200 },
    },
    [`GET ${CANDIDATE}/sessions`]: {
      path: ({ candidate }) => `/staff/candidates/${candidate.id}/sessions`,
      answers: staffOnly,
      staff: { needs: 'candidates.end-sessions', answer: 200 },
    },
    [`POST ${CANDIDATE}/sessions`]: {
      path: ({ candidate }) => `/staff/candidates/${candidate.id}/sessions`,
      answers: staffOnly,
      staff: { needs: 'candidates.end-sessions', answer: 303 },
    },
    [`GET ${CANDIDATE}/as-candidate`]: {
      path: ({ candidate }) => `/staff/candidates/${candidate.id}/as-candidate`,
      answers: staffOnly,
      staff: { needs: 'candidates.see-as', answer: 200 },
    },
    'GET /staff/audit': {
      path: () => '/staff/audit',
      answers: staffOnly,
      staff: { needs: 'audit.view', answer: 200 },
    },
  },
  guarded: [
    '/staff/audit',
    '/staff/candidates',
    CANDIDATE,
    `${CANDIDATE}/sessions`,
    `${CANDIDATE}/as-candidate`,
  ],
}
