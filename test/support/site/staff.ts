import type { RoomSite } from './expected.ts'

export const staffSite: RoomSite = { routes: {}, guarded: [] }
