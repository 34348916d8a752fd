import type { RoomSite } from './expected.ts'

export const feedsSite: RoomSite = { routes: {}, guarded: [] }
