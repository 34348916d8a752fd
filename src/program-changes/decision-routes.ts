import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { calendarDateIn } from '../core/calendar-date.ts'
import { typedText, withinFormLimit } from '../core/posted-form.ts'
import { sha256Hex } from '../core/tokens.ts'
import { paths } from '../paths.ts'
import { requirePermission, type StaffEnv } from '../staff/staff-viewer.ts'
import { applyChange } from './apply-queries.ts'
import { CHANGE, readSeen, requireChange, whoOf } from './change-path.ts'
import { dropChange, oweTrial, takeUpChange } from './change-queries.ts'
import type { ChangeNotice } from './change-views.tsx'
import { startRuns } from './start-runs.ts'

/** Trying a change on everybody, and deciding it. What a button was pressed for is what its page showed. */
export const decisionPages = new Hono<StaffEnv>()
  .post(`${CHANGE}/trial`, requirePermission('program.change'), withinFormLimit, async (c) => {
    const { id } = await requireChange(c)
    const { version } = await readSeen(c)
    await oweTrial(c.var.db, { id, version }, whoOf(c))
    await startRuns(c.env, c.var.now)
    return c.redirect(`${paths.staff.programChange(id)}?trying`, 303)
  })

  .post(`${CHANGE}/decision`, requirePermission('program.change'), withinFormLimit, async (c) => {
    const { db, program, now } = c.var
    const { id, document, effectiveOn } = await requireChange(c)
    const { fields, version } = await readSeen(c)
    const to = typedText(fields, 'to')
    // Everybody is evaluated by what is put in force: nothing but its own word does that.
    if (to !== 'apply' && to !== 'drop' && to !== 'take-up') throw new HTTPException(400)
    const answer = (isDone: boolean, notice: ChangeNotice) =>
      c.redirect(`${paths.staff.programChange(id)}?${isDone ? notice : 'late'}`, 303)
    if (to === 'drop') return answer(await dropChange(db, { id, version }, whoOf(c)), 'dropped')
    if (to === 'take-up') return answer(await takeUpChange(db, { id, version }, whoOf(c)), 'taken-up')
    const today = calendarDateIn(program.settings.timeZone, now)
    const confirmed = { id, version, sha256: await sha256Hex(document), effectiveOn }
    const isApplied = await applyChange(db, confirmed, { ...whoOf(c), today })
    if (isApplied) await startRuns(c.env, now)
    return answer(isApplied, 'applied')
  })
