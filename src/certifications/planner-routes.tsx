import { Hono } from 'hono'
import * as v from 'valibot'
import { addMonths, calendarDateIn } from '../core/calendar-date.ts'
import { fieldErrors } from '../core/form-errors.ts'
import { render } from '../core/render.ts'
import { paths } from '../paths.ts'
import { findExam } from '../program/catalogue.ts'
import { type CandidateEnv, chromeOf, loadViewer, requireCandidate } from '../sign-in/viewer.ts'
import { certificationStatus, isActive } from './certification-status.ts'
import { heldBack } from './kept-awards.ts'
import { fewestSteps, ifPassed } from './plan.ts'
import { plannerForm } from './planner-form.ts'
import { PlannerPage } from './planner-views.tsx'
import { maySitFrom } from './retakes.ts'
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
    const { rules, events, attempts } = record
    const { awards } = certificationStatus(program, record, today)
    const active = awards.filter(isActive)
    const until = addMonths(today, MONTHS_AHEAD)
    const expiring = active.flatMap(({ certification, expiresOn }) =>
      expiresOn !== null && expiresOn <= until ? [{ certification, expiresOn }] : [],
    )
    const asked = { exam: c.req.query('exam') ?? '', on: c.req.query('on') ?? '' }
    const goal = c.req.query('goal') ?? ''
    const isAsked = c.req.query('exam') !== undefined
    const form = v.safeParse(plannerForm({ rules, today, attempts }), asked)
    const exam = findExam(program, asked.exam)
    // The rules know nothing of a suspension: what the program holds back is not promised a renewal.
    const isHeldBack = heldBack(awards)
    const changes =
      isAsked && form.success
        ? ifPassed(rules, events, [form.output], today).filter(
            ({ isEarned, certification }) => isEarned || !isHeldBack(certification),
          )
        : null
    const errors = isAsked && !form.success ? fieldErrors(form.issues) : undefined
    const props = {
      program,
      today,
      awards: active,
      attempts,
      months: MONTHS_AHEAD,
      expiring,
      plan: fewestSteps(rules, events, expiring, today, attempts),
      asked,
      maySitFrom: exam && maySitFrom(program, exam, attempts, today),
      way: goal === '' ? null : wayTo(rules, events, goal, today, attempts),
      goal,
      isGoalHeldBack: isHeldBack(goal),
      changes,
      ...(errors && { errors }),
    }
    return render(c, <PlannerPage chrome={chromeOf(c)} {...props} />, errors ? 422 : 200)
  })
