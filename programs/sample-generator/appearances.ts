import { addMonths, type CalendarDate } from '../../src/core/calendar-date.ts'
import {
  bookingOn,
  eveningBefore,
  openAuthorization,
  registrationTable,
  sectionsOf,
  sectionTable,
} from './booking-tables.ts'
import type { World } from './career.ts'
import { type DeliveryPlan, deliveryAfter, examMemberOf, YEARS_OF_BOOKINGS } from './delivery-plan.ts'
import type { Person, PersonVersion } from './person.ts'
import type { Random } from './random.ts'
import type { Sitting, SittingVersion } from './sitting.ts'
import type { Spool } from './spool.ts'
import { versionsOf } from './stories.ts'
import { candidateTable, examTableA, examTableB, lineOf, resultTable } from './tables.ts'
import { encodeWindows1252 } from './windows-1252.ts'

export type Stage = { spool: Spool; plans: readonly DeliveryPlan[]; world: World }

/** A delivery says one thing about a person: what is known when it is made. */
export function appearAsPerson({ spool, plans }: Stage, versions: readonly PersonVersion[]): void {
  const latest = new Map<number, Person>()
  for (const { knownOn, person } of versions) {
    const place = deliveryAfter(plans, knownOn)
    if (place !== null) latest.set(place, person)
  }
  for (const [place, person] of latest) {
    const plan = plans[place]!
    const row = { person, plan }
    const fits = plan.splitsEncodings && isAccented(lineOf('\t', candidateTable.cells(row)))
    const member = `cand-${plan.on}${fits ? 'b' : 'a'}.dat`
    spool.add(plan.name, member, candidateTable, row, fits ? 'windows-1252' : 'utf-8')
  }
}

/** True for what windows-1252 can write and ASCII cannot: read as UTF-8 it would be broken. */
function isAccented(line: string): boolean {
  return /[^\0-\x7f]/.test(line) && encodeWindows1252(line) !== null
}

/** Each version of a result goes into a delivery of its own, after the one before. */
export function appearAsResult(stage: Stage, sitting: Sitting, random: Random): void {
  let next = 0
  let isFirst = true
  for (const version of versionsOf(sitting)) {
    const place = deliveryAfter(stage.plans, version.knownOn)
    if (place === null || Math.max(place, next) >= stage.plans.length) return
    const plan = stage.plans[Math.max(place, next)]!
    next = Math.max(place, next) + 1
    writeResult(stage.spool, plan, version)
    if (isFirst && sitting.on > addMonths(stage.world.today, -36)) {
      for (const section of sectionsOf(version.sitting, random))
        stage.spool.add(plan.name, 'sections.csv', sectionTable, section)
      isFirst = version.sitting.score === null
    }
  }
}

function writeResult(spool: Spool, plan: DeliveryPlan, version: SittingVersion) {
  const { name, noShows, layout } = plan
  if (version.by === 'results') {
    spool.add(name, 'results.csv', resultTable, { version, modifiedAt: eveningBefore(plan.on) })
  } else if (version.sitting.delivery === 'no_show' && noShows) {
    spool.add(noShows.name, noShows.member, examTableA, { version, plan })
  } else {
    spool.add(name, examMemberOf(plan), layout === 'A' ? examTableA : examTableB, { version, plan })
  }
}

/** Bookings are told when they are made and when their day is over. */
export function appearAsBooking({ spool, plans, world }: Stage, sitting: Sitting): void {
  if (!isTold(world.today, sitting)) return
  const places = [deliveryAfter(plans, sitting.bookedOn), deliveryAfter(plans, sitting.on)]
  for (const place of new Set(places)) {
    const plan = place === null ? null : plans[place]!
    if (plan?.bookings)
      spool.add(plan.name, 'registrations.csv', registrationTable, bookingOn(sitting, plan.on))
  }
}

export function appearAsAuthorization({ spool, plans, world }: Stage, sitting: Sitting): void {
  if (!isTold(world.today, sitting)) return
  const first = deliveryAfter(plans, sitting.bookedOn)
  for (const place of new Set([first, plans.length - 1])) {
    const plan = place === null ? null : plans[place]!
    if (plan?.bookings)
      spool.add(plan.name, 'registrations.csv', registrationTable, openAuthorization(sitting, plan.on))
  }
}

function isTold(today: CalendarDate, { bookedOn }: Sitting): boolean {
  return bookedOn >= addMonths(today, -YEARS_OF_BOOKINGS * 12)
}
