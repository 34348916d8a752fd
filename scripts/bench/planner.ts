import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { evaluate } from '../../src/certifications/evaluate.ts'
import type { Events, Pass } from '../../src/certifications/evaluated-award.ts'
import { fewestSteps } from '../../src/certifications/plan.ts'
import { quickestRenewal } from '../../src/certifications/quickest-renewal.ts'
import { wayTo } from '../../src/certifications/way-to.ts'
import { whatKeeps } from '../../src/certifications/what-keeps.ts'
import { addDays, addMonths, type CalendarDate } from '../../src/core/calendar-date.ts'
import { type Program, parseProgram } from '../../src/program/program.ts'
import { ROOT } from '../local-platform.ts'

const TODAY = '2026-11-26'
const CANDIDATES = 300

type Person = { events: Events; active: { certification: string; expiresOn: CalendarDate }[] }

/** What one page, and what one day's reminders, cost of processor time: nothing is loaded or stored. */
export async function benchPlanner(): Promise<void> {
  console.log(
    'program             | people hold | what                     | ms each, mean | 99 of 100 |   worst',
  )
  for (const { name, program, passes } of [
    { name: 'sample, 23 exams', program: sample(), passes: 12 },
    { name: 'sample, 23 exams', program: sample(), passes: 40 },
    { name: 'eight of it, 184', program: times(8), passes: 40 },
  ]) {
    const people = Array.from({ length: CANDIDATES }, (_, n) => person(program, n + 1, passes))
    const mean = people.reduce((sum, { active }) => sum + active.length, 0) / people.length
    const most = Math.max(...people.map(({ active }) => active.length))
    for (const [what, run] of Object.entries(runsOf(program))) {
      for (const one of people.slice(0, 50)) run(one)
      const times = people.map((one) => timed(() => run(one))).sort((a, b) => a - b)
      const total = times.reduce((sum, time) => sum + time, 0)
      const cells = [
        name.padEnd(19),
        `${mean.toFixed(1)} to ${most}`.padStart(11),
        what.padEnd(24),
        (total / times.length).toFixed(2).padStart(13),
        times[Math.floor(times.length * 0.99)]!.toFixed(1).padStart(9),
        times.at(-1)!.toFixed(1).padStart(7),
      ]
      console.log(cells.join(' | '))
    }
  }
}

function runsOf(program: Program): Record<string, (one: Person) => unknown> {
  const keepings = ({ events, active }: Person, until: CalendarDate) => {
    const held = active.map(({ certification }) => certification)
    return whatKeeps(program, events, { held, today: TODAY, until, attempts: [] })
  }
  const goal = program.certifications.at(-1)!.code
  return {
    'one evaluation': ({ events }) => evaluate(program, events, TODAY),
    'planner, all of a year': ({ events, active }) => {
      const wanted = active.filter(({ expiresOn }) => expiresOn <= addMonths(TODAY, 12))
      return fewestSteps(program, events, wanted, TODAY)
    },
    'planner, a way': ({ events }) => wayTo(program, events, goal, TODAY),
    Status: (one) =>
      keepings(
        one,
        one.active
          .map(({ expiresOn }) => expiresOn)
          .sort()
          .at(-1) ?? TODAY,
      ),
    'a reminder, 90 days': (one) =>
      quickestRenewal(
        keepings(one, addDays(TODAY, 90)),
        one.active.map(({ certification }) => certification),
      ),
  }
}

/** Somebody who has passed so many exams at random in the last six years. */
function person(program: Program, seed: number, count: number): Person {
  const random = mulberry(seed)
  const passes = Array.from({ length: count }, (_, index): Pass => {
    const { code } = program.exams[Math.floor(random() * program.exams.length)]!
    const passedOn = addDays(TODAY, -Math.floor(random() * 2200))
    return { exam: code, passedOn, resultId: index + 1, seriesCode: code }
  })
  const events = { passes, completions: [], approvals: [], acts: [] }
  const active = evaluate(program, events, TODAY).awards.flatMap(({ certification, expiresOn }) =>
    expiresOn !== null && expiresOn >= TODAY ? [{ certification, expiresOn }] : [],
  )
  return { events, active }
}

function sample(): Program {
  return times(1)
}

/** The sample program with all of its tracks so many times. */
function times(count: number): Program {
  const document = JSON.parse(readFileSync(join(ROOT, 'programs/juniper/program.json'), 'utf8'))
  const copies = Array.from({ length: count }, (_, index) => (index === 0 ? '' : `-${index}`))
  const each = <Part>(parts: Part[], change: (part: Part, mark: string) => Part) =>
    copies.flatMap((mark) => parts.map((part) => change(structuredClone(part), mark)))
  const marked = (codes: string[], mark: string) => codes.map((code) => code + mark)
  type Placed = {
    code: string
    tracks: string[]
    exam: string
    prerequisites: string[][]
    codes: { code: string }[]
  }
  const program = parseProgram({
    ...document,
    tracks: each(document.tracks as Placed[], (track, mark) => ({ ...track, code: track.code + mark })),
    exams: each(document.exams as Placed[], (exam, mark) => ({
      ...exam,
      code: exam.code + mark,
      tracks: marked(exam.tracks, mark),
      codes: exam.codes.map((one) => ({ ...one, code: one.code + mark })),
    })),
    certifications: each(document.certifications as Placed[], (certification, mark) => ({
      ...certification,
      code: certification.code + mark,
      exam: certification.exam + mark,
      tracks: marked(certification.tracks, mark),
      prerequisites: (certification.prerequisites ?? []).map((group) => marked(group, mark)),
    })),
  })
  if (!program.ok) throw new Error(JSON.stringify(program.refusal.slice(0, 3)))
  return program.value
}

/** Milliseconds of processor time, so that a busy machine does not count. */
function timed(run: () => unknown): number {
  const before = process.cpuUsage()
  run()
  return process.cpuUsage(before).user / 1000
}

/** A small generator of numbers from 0 to 1 that are the same every time. */
function mulberry(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
