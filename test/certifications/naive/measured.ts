import { isDeepStrictEqual } from 'node:util'
import { evaluate } from '../../../src/certifications/evaluate.ts'
import type {
  EvaluatedAward,
  Evaluation,
  Events,
  Renewal,
} from '../../../src/certifications/evaluated-award.ts'
import type { CalendarDate } from '../../../src/core/calendar-date.ts'
import type { Rules } from '../../../src/program/versions.ts'
import { versionsIn } from './days.ts'

/** A history, its rules, and the day until which it is looked at. */
export type Lived = { rules: Rules; events: Events; today: CalendarDate }

/** What happened in a history, each as often as it did: an agreement on histories without any says nothing. */
export function happenedIn(lived: Lived, evaluation: Evaluation): string[] {
  const { rules, events, today } = lived
  const { awards, waiting, milestones } = evaluation
  const without = (act: Events['acts'][number]) => ({
    ...events,
    acts: events.acts.filter((one) => one !== act),
  })
  const effective = events.acts.filter(
    (act) => !isDeepStrictEqual(evaluate(rules, without(act), today), evaluation),
  )
  return [
    ...awards.flatMap((award) => happenedTo(award, awards)),
    ...awards.flatMap(({ renewals }) => renewals.flatMap(waysOf)),
    ...awards.flatMap(({ renewals }) =>
      renewals.filter(isSaved).map(() => 'renewal by a course that was saved'),
    ),
    ...waiting.map(() => 'waits'),
    ...milestones.map(() => 'milestone'),
    ...effective.map(({ kind }) => `act that ${kind}s`),
    ...awards.filter((award) => isOfBeginning(lived, award)).map(() => 'award that a version brings'),
    ...(isOfSeveralVersions(lived, evaluation) ? ['a later version matters'] : []),
  ]
}

function happenedTo(award: EvaluatedAward, awards: readonly EvaluatedAward[]): string[] {
  const { certification, awardedOn, expiresOn, revokedOn, suspendedOn, emeritusOn, reason } = award
  const first = awards.find((one) => one.certification === certification)
  return [
    'award',
    ...(first === award ? [] : ['awarded again']),
    ...(reason.prerequisites.length > 0 ? ['award with a prerequisite'] : []),
    ...(reason.pass === null ? ['award without an exam'] : []),
    ...(awardedOn < reason.completedOn ? ['award of an earlier date'] : []),
    ...(expiresOn === null ? ['award for ever'] : []),
    ...(revokedOn === null ? [] : ['revoked']),
    ...(suspendedOn === null ? [] : ['suspended']),
    ...(emeritusOn === null ? [] : ['emeritus']),
  ]
}

function waysOf(renewal: Renewal): string[] {
  const { renewedOn, previousExpiresOn, cascade, rule } = renewal
  if ('act' in renewal) return ['renewal by the staff']
  if ('extension' in renewal) return ['renewal by decree']
  if (rule === 'reactivation') return ['reactivation']
  const way = 'completion' in renewal ? 'a course' : renewal.earned === null ? 'passing' : 'earning'
  return [
    `renewal by ${way}`,
    ...(cascade === null ? [] : ['renewal carried on']),
    ...(previousExpiresOn < renewedOn ? ['renewal in grace'] : []),
  ]
}

/** An extension came between the last day of a course and the day on which it was sent in. */
function isSaved(renewal: Renewal, index: number, all: readonly Renewal[]): boolean {
  if (!('completion' in renewal) || renewal.cascade !== null) return false
  const { completedOn, submittedOn } = renewal.completion
  return all
    .slice(0, index)
    .some(({ renewedOn }) => completedOn < renewedOn && submittedOn !== null && renewedOn <= submittedOn)
}

/** Nothing was done on the day but that a version began. */
function isOfBeginning({ rules, events }: Lived, { reason: { completedOn } }: EvaluatedAward): boolean {
  const begins = versionsIn(rules).some(({ effectiveOn }) => effectiveOn === completedOn)
  return begins && !events.passes.some(({ passedOn }) => passedOn === completedOn)
}

/** Whether it would have come otherwise had the first version gone on. */
function isOfSeveralVersions({ rules, events, today }: Lived, evaluation: Evaluation): boolean {
  const [first, ...later] = versionsIn(rules)
  return later.length > 0 && !isDeepStrictEqual(evaluate([first!], events, today), evaluation)
}
