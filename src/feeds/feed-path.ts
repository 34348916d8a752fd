import type { Context } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { StaffEnv } from '../staff/staff-viewer.ts'
import type { Tried } from './dry-run.ts'
import { findSetFeed, type SetFeed } from './queries.ts'

/** The address of one feed; anything that is no ID has no page. */
export const FEED = '/staff/feeds/:id{[a-z][a-z0-9-]{0,19}}'

/** The feed that the address names. */
export async function requireFeed(c: Context<StaffEnv>): Promise<SetFeed> {
  const feed = await findSetFeed(c.var.db, c.req.param('id') ?? '')
  if (!feed) throw new HTTPException(404)
  return feed
}

export function whoOf(c: Context<StaffEnv>) {
  return { staffId: c.var.staff.staffId, now: c.var.now }
}

/** Which version of a feed somebody has seen; one that never was, where the form does not say. */
export function typedVersion(text: string): number {
  return /^[1-9]\d{0,8}$/.test(text) ? Number(text) : 0
}

/** What a file is tried against: the record as it is now, with the feed as it is set or might be. */
export function triedWith(c: Context<StaffEnv>, feed: Tried['feed']): Tried {
  const { db, program, now } = c.var
  return { db, env: c.env, feed, program, now }
}
