import type { RoomSite } from './expected.ts'

export const signInMethodsSite: RoomSite = { routes: {}, guarded: [] }
