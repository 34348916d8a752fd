import type { RoomSite } from './expected.ts'

export const requestsSite: RoomSite = { routes: {}, guarded: [] }
