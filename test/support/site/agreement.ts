import type { RoomSite } from './expected.ts'

export const agreementSite: RoomSite = { routes: {}, guarded: [] }
