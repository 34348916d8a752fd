import { type RoomSite, staffOnly } from './expected.ts'

export const consoleSite: RoomSite = {
  routes: {
    'GET /staff/candidates': {
      path: ({ candidate }) => `/staff/candidates?q=${encodeURIComponent(candidate.email)}`,
      answers: staffOnly,
      staff: { needs: 'candidates.search', answer: 200 },
    },
  },
  guarded: ['/staff/candidates'],
}
