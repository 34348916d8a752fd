import { Hono } from 'hono'
import type { StaffEnv } from '../staff/staff-viewer.ts'

/** What vendors delivered, what became of it, and the results that came of it: for staff. */
export const deliveriesConsole = new Hono<StaffEnv>()
