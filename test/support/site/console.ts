import type { RoomSite } from './expected.ts'

export const consoleSite: RoomSite = { routes: {}, guarded: [] }
