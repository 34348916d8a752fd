import type { RoomSite } from './expected.ts'

export const recoverySite: RoomSite = { routes: {}, guarded: [] }
