import type { RoomSite } from './expected.ts'

export const addressesSite: RoomSite = { routes: {}, guarded: [] }
