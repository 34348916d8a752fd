import type { RoomSite } from './expected.ts'

export const privacySite: RoomSite = { routes: {}, guarded: [] }
