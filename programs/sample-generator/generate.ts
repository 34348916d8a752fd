import { addDays, type CalendarDate, daysBetween } from '../../src/core/calendar-date.ts'
import type { Program } from '../../src/program/program.ts'
import { addCorrections, addLateFile } from './afterthoughts.ts'
import {
  appearAsAuthorization,
  appearAsBooking,
  appearAsPerson,
  appearAsResult,
  type Stage,
} from './appearances.ts'
import { type Career, liveCareer, sit, type World } from './career.ts'
import { ANCHOR_INDEX, cast, lateRowDate, SHOWCASE_SIZE } from './cast.ts'
import { deliveryAfter, historyBegin, planDeliveries } from './delivery-plan.ts'
import type { Expectations, Peculiar } from './expectations.ts'
import { type Anchor, addFaults } from './faults.ts'
import { candidateIdOf, changedPerson, makePerson, type Person, type PersonVersion } from './person.ts'
import { type Random, randomStream } from './random.ts'
import type { Sitting } from './sitting.ts'
import { Spool } from './spool.ts'

export type Order = { program: Program; candidates: number; seed: number; today: CalendarDate; out: string }

/**
 * Writes a set of deliveries to a folder and answers what must become of them. People are made one after the
 * other and forgotten, so that a hundred thousand take no more memory than a hundred.
 */
export function generateDeliveries({ program, candidates, seed, today, out }: Order): Expectations {
  if (candidates < cast.length) throw new Error(`a set has at least ${cast.length} candidates`)
  const world: World = { program, today, begin: historyBegin(today) }
  const plans = planDeliveries(today, program.shortName)
  const stage: Stage = { spool: new Spool(out), plans, world }

  let known: Made | undefined
  for (let index = 0; index < candidates; index += 1) {
    const made = makeOne(stage, index, randomStream(seed, index))
    if (index === ANCHOR_INDEX) known = made
  }

  const { person, sittings } = known!
  const anchor: Anchor = {
    person,
    settled: sittings.slice(0, 4),
    stranger: candidateIdOf(program.settings, 0),
  }
  const lateOn = addDays(lateRowDate(today, 0), 23)
  const afterwards = plans[deliveryAfter(plans, lateOn)!]!
  const late = addLateFile(stage.spool, afterwards, sittings.slice(4), lateOn)
  const peculiar = [
    ...addFaults(stage.spool, plans, anchor),
    ...addSurvey(stage, anchor),
    ...addCorrections(stage.spool, today, anchor.settled.slice(1)),
  ]
  const showcase = Array.from({ length: SHOWCASE_SIZE }, (_, index) => candidateIdOf(program.settings, index))
  return { candidates, seed, today, showcase, late, deliveries: listed(stage.spool, peculiar) }
}

type Made = { person: Person; sittings: Sitting[] }

function makeOne(stage: Stage, index: number, random: Random): Made {
  const { world } = stage
  const part = cast[index]
  const person = makePerson(world.program.settings, random, index, part?.pool)
  const { id: candidateId, timeZone } = person
  const career: Career = { world, random, index, candidateId, timeZone, sittings: [] }
  if (part) part.live(career)
  else liveCareer(career)

  const authorization = part ? null : openAuthorizationOf(career)
  const knownOn = [...career.sittings, ...(authorization ? [authorization] : [])]
    .map(({ bookedOn }) => bookedOn)
    .sort()[0]!
  const later = part ? [] : laterVersions(person, knownOn, career)
  appearAsPerson(stage, [{ knownOn, person }, ...later])
  for (const sitting of career.sittings) {
    appearAsBooking(stage, sitting)
    appearAsResult(stage, sitting, random)
  }
  if (authorization) appearAsAuthorization(stage, authorization)
  return { person, sittings: career.sittings }
}

/** Let in, and no day chosen: some people at any time, and everyone who has not booked anything yet. */
function openAuthorizationOf(career: Career): Sitting | null {
  const { random, sittings, world } = career
  if (sittings.length > 0 && !random.chance(0.04)) return null
  const exam = random.pick(world.program.exams)
  const bookedBefore = random.between(30, sittings.length > 0 ? 300 : 60)
  const authorization = sit(career, exam, addDays(world.today, 20), { bookedBefore, story: 'plain' })
  sittings.pop()
  return authorization
}

function laterVersions(person: Person, knownOn: CalendarDate, { random, world }: Career): PersonVersion[] {
  if (!random.chance(0.1)) return []
  const days = daysBetween(knownOn, world.today)
  const changedOn = addDays(knownOn, random.between(Math.floor(days / 3), days))
  const kind = random.pick(['name', 'address', 'address', 'job', 'job'] as const)
  return [{ knownOn: changedOn, person: changedPerson(person, kind, random) }]
}

/** A table of a kind that nobody has a use for, as vendors add them from one night to the next. */
function addSurvey({ spool, plans }: Stage, { settled }: Anchor): Peculiar[] {
  const plan = plans.at(-5)!
  const member = `surv-${plan.on}a.dat`
  const columns = ['RegistrationID', 'QuestionID', 'Answer']
  const survey = { columns, delimiter: '\t', cells: (row: string[]) => row } as const
  spool.add(plan.name, member, survey, [settled[0]!.registrationId, 'Q1', 'The room was cold.'])
  return [{ delivery: plan.name, member, line: 0, outcome: 'skipped', reason: 'not_read' }]
}

function listed(spool: Spool, peculiar: readonly Peculiar[]): Expectations['deliveries'] {
  return [...Map.groupBy(spool.finish(), ({ delivery }) => delivery)].map(([name, tables]) => ({
    name,
    tables: tables.map(({ member, rows }) => ({ member, rows })),
    peculiar: peculiar.filter(({ delivery }) => delivery === name).map(({ delivery: _, ...row }) => row),
  }))
}
