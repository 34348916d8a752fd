import { Hono } from 'hono'
import * as v from 'valibot'
import { addMonths, calendarDateIn } from '../core/calendar-date.ts'
import { fieldErrors } from '../core/form-errors.ts'
import { render } from '../core/render.ts'
import { paths } from '../paths.ts'
import { type CandidateEnv, chromeOf, loadViewer, requireCandidate } from '../sign-in/viewer.ts'
import { certificationStatus, isActive } from './certification-status.ts'
import { fewestSteps, ifPassed } from './plan.ts'
import { plannerForm } from './planner-form.ts'
import { PlannerPage } from './planner-views.tsx'
import { loadPlanner } from './status-queries.ts'
import { wayTo } from './way-to.ts'

/** What expires within so many months is planned for. */
const MONTHS_AHEAD = 12

/** Certifications › Renewal planner: nothing is stored, and every answer has an address of its own. */
export const planner = new Hono<CandidateEnv>()
  .use(paths.planner, loadViewer, requireCandidate)

  .get(paths.planner, async (c) => {
    const { program, viewer, now, db } = c.var
    const today = calendarDateIn(program.settings.timeZone, now)
    const record = await loadPlanner(db, viewer.candidateId)
    const { awards } = certificationStatus(program, record, today)
    const active = awards.filter(isActive)
    const until = addMonths(today, MONTHS_AHEAD)
    const expiring = active.flatMap(({ certification, expiresOn }) =>
      expiresOn !== null && expiresOn <= until ? [{ certification, expiresOn }] : [],
    )
    const asked = { exam: c.req.query('exam') ?? '', on: c.req.query('on') ?? '' }
    const goal = c.req.query('goal') ?? ''
    const isAsked = c.req.query('exam') !== undefined
    const form = v.safeParse(plannerForm(program, today), asked)
    // The rules know nothing of what the program suspended or revoked: that is not promised a renewal.
    const isHeld = (code: string) => active.some(({ certification }) => certification === code)
    const changes =
      isAsked && form.success
        ? ifPassed(record.rules, record.events, [form.output], today).filter(
            ({ isEarned, certification }) => isEarned || isHeld(certification),
          )
        : null
    const errors = isAsked && !form.success ? fieldErrors(form.issues) : undefined
    const props = {
      program,
      today,
      awards: active,
      months: MONTHS_AHEAD,
      expiring,
      plan: fewestSteps(record.rules, record.events, expiring, today, record.attempts),
      asked,
      way: goal === '' ? null : wayTo(record.rules, record.events, goal, today),
      goal,
      changes,
      ...(errors && { errors }),
    }
    return render(c, <PlannerPage chrome={chromeOf(c)} {...props} />, errors ? 422 : 200)
  })
