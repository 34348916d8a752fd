import { Hono } from 'hono'
import type { StaffEnv } from '../staff/staff-viewer.ts'

/** Rows that wait for a person or a mapping, and reviews of results that changed for the worse: for staff. */
export const quarantineConsole = new Hono<StaffEnv>()
