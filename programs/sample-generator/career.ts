import { addDays, type CalendarDate, daysBetween } from '../../src/core/calendar-date.ts'
import { levelRank } from '../../src/program/catalogue.ts'
import type { Exam, Program } from '../../src/program/program.ts'
import { certificationsTowards, examOf, goalFor, renewingExam } from './plans.ts'
import type { Random } from './random.ts'
import { type Outcome, openDay, type Sitting, type Story, scoreFor, seriesCodeOn } from './sitting.ts'
import { storyWeights } from './stories.ts'

export type World = { program: Program; today: CalendarDate; begin: CalendarDate }

/** Someone who books and sits exams; `sittings` grows in the order of their dates. */
export type Career = {
  world: World
  random: Random
  index: number
  candidateId: string
  timeZone: string
  sittings: Sitting[]
}

const MOST_SITTINGS = 30
/** Nobody books further ahead. */
const BOOKING_AHEAD_DAYS = 45

/** Simulates a working life: towards a goal, on to others, renewing in time or too late or not at all. */
export function liveCareer(career: Career): void {
  const { world, random } = career
  const span = daysBetween(world.begin, world.today)
  let on = addDays(world.begin, Math.floor(span * random.next() ** 0.8) + random.between(0, 30))

  for (;;) {
    const goal = goalFor(world.program, random)
    const path = certificationsTowards(world.program, goal, random)
    if (path.length > 1 && random.chance(0.12)) path.push(path.splice(path.length - 2, 1)[0]!)
    for (const certification of path) {
      const passedOn = sitUntilPassed(career, examOf(world.program, certification), on)
      if (passedOn === null) return
      on = addDays(passedOn, random.between(40, 260))
    }
    if (random.chance(0.7)) {
      const next = keepUp(career, examOf(world.program, goal), addDays(on, -150))
      if (next === null) return
      on = next
    }
  }
}

/** Renews shortly before the expiry, some too late; null when they give up or time is over. */
function keepUp(career: Career, top: Exam, since: CalendarDate): CalendarDate | null {
  const { world, random } = career
  let last = since
  for (;;) {
    const decision = random.weighted({ renew: 52, lapse: 12, move_on: 14, stop: 14 })
    if (decision === 'stop') return null
    if (decision === 'move_on') return addDays(last, random.between(200, 700))
    if (decision === 'lapse') return addDays(last, random.between(1150, 1450))
    const exam = renewingExam(world.program, top, random)
    const passedOn = sitUntilPassed(career, exam, addDays(last, random.between(860, 1075)))
    if (passedOn === null) return null
    last = passedOn
  }
}

/** Sits an exam again and again; the date of the pass, or null when they give up or the future begins. */
function sitUntilPassed(career: Career, exam: Exam, from: CalendarDate): CalendarDate | null {
  const { random, world } = career
  let [on, fails] = [from, 0]
  for (let attempt = 1; career.sittings.length < MOST_SITTINGS; attempt += 1) {
    const sitting = sit(career, exam, on, { attempt })
    if (sitting === null || sitting.on >= world.today) return null
    if (sitting.grade === 'pass') return sitting.on
    if (random.chance(0.12)) return null
    if (sitting.grade === 'fail') fails += 1
    on = addDays(sitting.on, fails > 1 ? random.between(15, 75) : random.between(4, 40))
  }
  return null
}

type Sat = {
  attempt?: number
  outcome?: Outcome
  story?: Story
  score?: number
  bookedBefore?: number
  rescheduled?: boolean
}

/** Adds one sitting, as said or by chance; null when it lies too far ahead to be booked yet. */
export function sit(career: Career, exam: Exam, date: CalendarDate, sat: Sat = {}): Sitting | null {
  const { world, random, sittings, index } = career
  const on = openDay(date)
  const outcome = sat.outcome ?? chanceOutcome(world.program, exam, random)
  const bookedOn = addDays(on, -(sat.bookedBefore ?? random.between(5, BOOKING_AHEAD_DAYS)))
  const story = sat.story ?? (on < addDays(world.today, -3) ? random.weighted(storyWeights) : 'plain')
  const score = sat.score ?? scoreFor(outcome, random)
  const questions = exam.questions ?? null
  const sitting: Sitting = {
    ...outcome,
    registrationId: String(300_000_000 + index * (MOST_SITTINGS + 10) + sittings.length),
    candidateId: career.candidateId,
    exam,
    seriesCode: seriesCodeOn(exam, on, [world.begin, world.today]),
    bookedOn,
    on,
    time: `${String(random.between(8, 15)).padStart(2, '0')}:${random.pick(['00', '30'])}`,
    timeZone: career.timeZone,
    site: String(50_000 + random.between(1, 900)),
    attempt: sat.attempt ?? 1,
    score,
    correct: score === null || questions === null ? null : Math.round((score / 1000) * questions),
    rescheduled: sat.rescheduled ?? random.chance(0.06),
    hasSections: random.chance(0.3),
    story,
  }
  // An old story ends in the past: a result cannot go astray for years without anyone asking.
  if (sitting.story === 'lost' && daysBetween(on, world.today) > 40) sitting.story = 'plain'
  if (bookedOn >= world.today) return null
  sittings.push(sitting)
  return sitting
}

function chanceOutcome(program: Program, exam: Exam, random: Random): Outcome {
  const hard = levelRank(program, exam) * 5
  const kind = random.weighted({
    pass: 78 - hard,
    fail: 16 + hard,
    no_show: 3,
    no_show_excused: 1,
    nda_refused: 0.7,
    incomplete: 1.3,
    cancelled: 1.2,
  })
  return kind === 'pass' || kind === 'fail'
    ? { delivery: 'delivered', grade: kind }
    : { delivery: kind, grade: 'none' }
}
