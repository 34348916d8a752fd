import type { RoomSite } from './expected.ts'

// Whoever has accepted the agreement is led on.
export const agreementSite: RoomSite = {
  routes: {
    'GET /agreement': { path: () => '/agreement', answers: [303, 303, 303] },
    'POST /agreement': {
      path: () => '/agreement',
      sends: () => ({ accept: 'on' }),
      answers: [303, 303, 303],
    },
  },
  guarded: ['/agreement'],
}
