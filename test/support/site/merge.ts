import type { RoomSite } from './expected.ts'

export const mergeSite: RoomSite = { routes: {}, guarded: [] }
