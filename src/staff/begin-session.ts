import type { Context } from 'hono'
import type { AppEnv } from '../core/app-env.ts'
import { deviceOf } from '../core/device.ts'
import { handOutStaffSession, mintStaffSession, presentedStaffSession } from './staff-session.ts'
import type { NewStaffSession, StaffSessionMethod } from './staff-session-queries.ts'

type Beginning = { session: NewStaffSession; previousIdHash: string | null }

/**
 * Begins a session in this browser under an id that was never used before, if `begin` says that it was allowed to.
 * The session that the browser had ends with it, at a step-up too.
 */
export async function openStaffSession<PageEnv extends AppEnv>(
  c: Context<PageEnv>,
  { staffId, method }: { staffId: number; method: StaffSessionMethod },
  begin: (beginning: Beginning) => Promise<boolean>,
): Promise<boolean> {
  const { id, idHash } = await mintStaffSession(c.env.SESSION_KEY)
  const session = { idHash, staffId, method, device: deviceOf(c) }
  const begun = await begin({ session, previousIdHash: await presentedStaffSession(c) })
  if (begun) handOutStaffSession(c, id)
  return begun
}
