import type { RoomSite } from './expected.ts'

export const securitySite: RoomSite = { routes: {}, guarded: [] }
