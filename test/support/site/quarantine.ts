import type { RoomSite } from './expected.ts'

export const quarantineSite: RoomSite = { routes: {}, guarded: [] }
