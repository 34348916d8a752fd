import * as v from 'valibot'
import { endsBefore } from '../certifications/acts.ts'
import { type CalendarDate, isCalendarDate, isLikelyDate } from '../core/calendar-date.ts'
import { paragraphs } from '../core/plain-text.ts'
import { type ActKind, type NewAct, REASON_LIMIT } from './act.ts'

type Dated = { awardedOn: CalendarDate; expiresOn: CalendarDate | null; revokedOn: CalendarDate | null }

const Typed = v.pipe(v.optional(v.string('acts.date.refused'), ''), v.trim())

/** A date that must be there. Further checks get only dates that exist: the first thing that is wrong is enough. */
export const DateField = v.pipe(
  Typed,
  v.nonEmpty('acts.date.missing'),
  v.check((date) => date === '' || isCalendarDate(date), 'acts.date.refused'),
  v.check(ifDate(isLikelyDate), 'acts.date.far'),
)

export const OptionalDate = v.pipe(
  Typed,
  v.check((date) => date === '' || isCalendarDate(date), 'acts.date.refused'),
  v.check(ifDate(isLikelyDate), 'acts.date.far'),
)

function ifDate(holds: (date: CalendarDate) => boolean) {
  return (date: string) => !isCalendarDate(date) || holds(date)
}

export const Reason = v.pipe(
  paragraphs(REASON_LIMIT, 'acts.reason.refused', 'acts.reason.long'),
  v.nonEmpty('acts.reason.missing'),
)

/** Nobody acts ahead of the day: what is shown today must be so today. */
export function onField(today: CalendarDate) {
  return v.pipe(
    DateField,
    v.check(
      ifDate((on) => on <= today),
      'acts.on.future',
    ),
  )
}

/** What may be done to an award on a day. `others`: the candidate's other awards of the same certification. */
export function actForm(
  kind: ActKind,
  award: Dated,
  others: readonly Dated[],
  today: CalendarDate,
): v.GenericSchema<unknown, NewAct> {
  const on = v.pipe(
    onField(today),
    v.check(
      ifDate((date) => date >= award.awardedOn),
      'acts.on.early',
    ),
  )
  switch (kind) {
    case 'extend':
      return v.pipe(
        v.object({ on, toExpiresOn: laterThan(award), reason: Reason }),
        v.transform((typed): NewAct => ({ ...typed, kind, toAwardedOn: null })),
      )
    case 'correct':
      return correction(on, award, others, today)
    default:
      return v.pipe(
        v.object({ on, reason: Reason }),
        v.transform((typed): NewAct => ({ ...typed, kind, toAwardedOn: null, toExpiresOn: null })),
      )
  }
}

function laterThan({ expiresOn }: Dated) {
  return v.pipe(
    DateField,
    v.check(
      ifDate((date) => expiresOn === null || date > expiresOn),
      'acts.extend.not-later',
    ),
  )
}

type On = v.GenericSchema<string | undefined, string>

function correction(on: On, award: Dated, others: readonly Dated[], today: CalendarDate) {
  const notAhead = v.check(
    ifDate((date) => date <= today),
    'acts.correct.future',
  )
  return v.pipe(
    v.object({ on, toAwardedOn: v.pipe(DateField, notAhead), toExpiresOn: OptionalDate, reason: Reason }),
    v.transform(({ toAwardedOn, toExpiresOn, ...typed }): NewAct => {
      const expiresOn = toExpiresOn === '' ? award.expiresOn : toExpiresOn
      return {
        ...typed,
        kind: 'correct',
        toAwardedOn: toAwardedOn === award.awardedOn ? null : toAwardedOn,
        toExpiresOn: expiresOn === award.expiresOn ? null : expiresOn,
      }
    }),
    v.forward(
      v.check((act) => act.toAwardedOn !== null || act.toExpiresOn !== null, 'acts.correct.same'),
      ['toAwardedOn'],
    ),
    v.forward(
      v.check((act) => act.toAwardedOn === null || act.toAwardedOn <= act.on, 'acts.correct.after-on'),
      ['toAwardedOn'],
    ),
    v.forward(
      v.check((act) => isInOrder(corrected(award, act)), 'acts.correct.order'),
      ['toExpiresOn'],
    ),
    v.forward(
      v.check((act) => staysInPlace(award, others, corrected(award, act)), 'acts.correct.overlap'),
      ['toAwardedOn'],
    ),
  )
}

function corrected(award: Dated, { toAwardedOn, toExpiresOn }: NewAct): Dated {
  const { awardedOn, expiresOn } = award
  return { ...award, awardedOn: toAwardedOn ?? awardedOn, expiresOn: toExpiresOn ?? expiresOn }
}

function isInOrder({ awardedOn, expiresOn }: Dated): boolean {
  return expiresOn === null || awardedOn <= expiresOn
}

/** True of one that stays where it was among the others: after those before it, and before those after it. */
function staysInPlace(award: Dated, others: readonly Dated[], after: Dated): boolean {
  return others.every((other) =>
    other.awardedOn < award.awardedOn
      ? endsBefore(other, after.awardedOn)
      : endsBefore(after, other.awardedOn),
  )
}
