import { Hono } from 'hono'
import type { StaffEnv } from '../staff/staff-viewer.ts'

/** How feeds are set, tested and mapped: for staff. */
export const feedsConsole = new Hono<StaffEnv>()
