import { everybody, type RoomSite } from './expected.ts'

export const signInMethodsSite: RoomSite = {
  routes: {
    'GET /sign-in/code': { path: () => '/sign-in/code', answers: [303, 303, 303] },
    'POST /sign-in/code': {
      path: () => '/sign-in/code',
      sends: () => ({ code: '123456' }),
      answers: [303, 303, 303],
    },
    'POST /sign-in/passkey/challenge': { path: () => '/sign-in/passkey/challenge', answers: everybody },
    'POST /sign-in/passkey': {
      path: () => '/sign-in/passkey',
      sends: () => ({ passkey: '{}' }),
      answers: [422, 422, 422],
    },
    'GET /sign-in/again': { path: () => '/sign-in/again', answers: [303, 200, 200] },
    'POST /sign-in/again': {
      path: () => '/sign-in/again',
      sends: () => ({ password: 'correct horse battery staple' }),
      answers: [303, 422, 303],
    },
  },
  guarded: ['/sign-in/again'],
}
