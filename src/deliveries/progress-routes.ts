import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import type { StaffEnv } from '../staff/staff-viewer.ts'
import { DELIVERY } from './delivery-routes.tsx'
import { shareDone, stageOf } from './progress.ts'
import { findProgress } from './progress-queries.ts'
import { progressText } from './progress-words.ts'

/** How far an import is, for the script of its page. */
export const deliveryProgress = new Hono<StaffEnv>().get(`${DELIVERY}/progress`, async (c) => {
  const progress = await findProgress(c.var.db, c.req.param('id'))
  if (!progress) throw new HTTPException(404)
  const said = { stage: stageOf(progress), share: shareDone(progress), text: progressText(c.var.t, progress) }
  return c.json({ ...progress, ...said }, 200, { 'cache-control': 'private, no-store' })
})
