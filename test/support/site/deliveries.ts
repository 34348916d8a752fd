import type { RoomSite } from './expected.ts'

export const deliveriesSite: RoomSite = { routes: {}, guarded: [] }
