import { addDays, addMonths, type CalendarDate } from '../../src/core/calendar-date.ts'
import { certificationsUpward, findCertification, levelRank } from '../../src/program/catalogue.ts'
import type { Certification, Program } from '../../src/program/program.ts'
import { shareTrack } from '../../src/program/selectors.ts'
import { type Career, sit } from './career.ts'
import type { PoolName } from './name-pools.ts'
import { certificationsTowards, examOf } from './plans.ts'
import { type Outcome, plainPass, type Story } from './sitting.ts'

/** Somebody whose record is written down here, so that every set of deliveries has one like it. */
export type Part = { pool: PoolName; live: (career: Career) => void }

const fail: Outcome = { delivery: 'delivered', grade: 'fail' }
const OUTCOMES: readonly Outcome['delivery'][] = [
  'no_show',
  'no_show_excused',
  'nda_refused',
  'incomplete',
  'cancelled',
]
const STORIES: readonly Story[] = [
  'rescored',
  'corrected_to_pass',
  'held',
  'released',
  'revoked',
  'reinstated',
  'graded_later',
]

/** The first two are the candidates to try; the third is the one whom the faulty rows speak of. */
export const cast: readonly Part[] = [
  { pool: 'devanagari', live: holdsMuchAndMustRenew },
  { pool: 'vietnamese', live: hasJustBegun },
  { pool: 'german', live: hasAlwaysPassed },
  { pool: 'japanese', live: renewsByEarning },
  { pool: 'korean', live: renewsOnTheSameLevel },
  { pool: 'arabic', live: goesAllTheWay },
  { pool: 'greek', live: waitsForAPrerequisite },
  { pool: 'simplified', live: completesLate },
  { pool: 'ukrainian', live: earnsAgain },
  { pool: 'hebrew', live: hasLapsed },
  { pool: 'thai', live: expiresSoon },
  { pool: 'english', live: meetsEveryOutcome },
  { pool: 'tamil', live: livesThroughEveryStory },
  { pool: 'romance', live: isHeldBackNow },
]

export const SHOWCASE_SIZE = 2
export const ANCHOR_INDEX = 2

function holdsMuchAndMustRenew(career: Career) {
  const { program } = career.world
  const [associate, specialist, professional] = pathUpTo(career, 3)
  const other = ofRank(program, 2).find((one) => !shareTrack(one, specialist!)) ?? specialist!
  const [otherAssociate] = certificationsTowards(program, other, career.random)

  passes(career, associate!, monthsAgo(career, 80), { outcome: fail, score: 655 })
  passes(career, associate!, monthsAgo(career, 79), { attempt: 2, score: 781 })
  passes(career, specialist!, monthsAgo(career, 74))
  passes(career, specialist!, monthsAgo(career, 41), { outcome: { delivery: 'no_show', grade: 'none' } })
  passes(career, specialist!, monthsAgo(career, 40))
  passes(career, otherAssociate!, addDays(monthsAgo(career, 39), 9))
  passes(career, other, addDays(monthsAgo(career, 36), 40), { score: 842 })
  passes(career, professional!, monthsAgo(career, 11), { outcome: fail, score: 688 })
  passes(career, professional!, monthsAgo(career, 10), { attempt: 2, score: 905 })
  passes(career, other, addDays(career.world.today, 16), { bookedBefore: 26, rescheduled: true })
}

function hasJustBegun(career: Career) {
  const { today } = career.world
  const [first, second, third] = ofRank(career.world.program, 1)
  passes(career, first!, addDays(today, -18), { story: 'lost' })
  passes(career, second!, addDays(today, -12), { story: 'graded_later' })
  passes(career, third!, addDays(today, 9), { bookedBefore: 21 })
}

function hasAlwaysPassed(career: Career) {
  const everyone = certificationsUpward(career.world.program)
  for (let place = 0; place < 4; place += 1)
    passes(career, everyone[place]!, monthsAgo(career, 65 - 8 * place))
  // These are known twice: also from a file that is older than the one that has the last word.
  for (const days of [3, 13, 20])
    passes(career, everyone[4 + (days % 3)]!, lateRowDate(career.world.today, days))
}

function renewsByEarning(career: Career) {
  const { program } = career.world
  const rule = program.renewal.rules.find(({ by }) => by.earning)
  const held = rule && findCertification(program, rule.renews.certification ?? '')
  const earned = rule && findCertification(program, rule.by.earning?.certification ?? '')
  if (!held || !earned) return
  certificationsTowards(program, held, career.random).forEach((certification, place) => {
    passes(career, certification, monthsAgo(career, 40 - 4 * place))
  })
  passes(career, earned, monthsAgo(career, 8))
}

function renewsOnTheSameLevel(career: Career) {
  const [associate, specialist] = pathUpTo(career, 2)
  passes(career, associate!, monthsAgo(career, 60))
  passes(career, specialist!, monthsAgo(career, 54))
  passes(career, specialist!, monthsAgo(career, 22))
}

function goesAllTheWay(career: Career) {
  const top = Math.max(...career.world.program.levels.map(({ rank }) => rank))
  const path = pathUpTo(career, top)
  path.forEach((certification, place) => {
    passes(career, certification, monthsAgo(career, 45 - 9 * place))
  })
  passes(career, path.at(-2)!, monthsAgo(career, 4))
}

function waitsForAPrerequisite(career: Career) {
  passes(career, pathUpTo(career, 2)[1]!, monthsAgo(career, 5))
}

function completesLate(career: Career) {
  const [associate, specialist] = pathUpTo(career, 2)
  passes(career, specialist!, monthsAgo(career, 14))
  passes(career, associate!, monthsAgo(career, 9))
}

function earnsAgain(career: Career) {
  const [associate] = pathUpTo(career, 1)
  passes(career, associate!, monthsAgo(career, 75))
  passes(career, associate!, monthsAgo(career, 20))
}

function hasLapsed(career: Career) {
  passes(career, pathUpTo(career, 1)[0]!, monthsAgo(career, 50))
}

function expiresSoon(career: Career) {
  const { program, today } = career.world
  passes(career, pathUpTo(career, 1)[0]!, addDays(monthsAgo(career, 36), 12))
  // Sat last Friday or so: the result is due, and nobody need worry yet.
  passes(career, ofRank(program, 1).at(-1)!, addDays(today, -3))
}

function meetsEveryOutcome(career: Career) {
  const [associate] = pathUpTo(career, 1)
  OUTCOMES.forEach((delivery, place) => {
    passes(career, associate!, monthsAgo(career, 22 - 2 * place), { outcome: { delivery, grade: 'none' } })
  })
  passes(career, associate!, monthsAgo(career, 9), { outcome: fail, score: 0 })
  passes(career, associate!, monthsAgo(career, 8), { attempt: 2 })
}

function livesThroughEveryStory(career: Career) {
  const everyone = certificationsUpward(career.world.program)
  STORIES.forEach((story, place) => {
    passes(career, everyone[place]!, monthsAgo(career, 30 - 2 * place), { story })
  })
  passes(career, everyone[STORIES.length]!, monthsAgo(career, 12), {
    outcome: fail,
    score: 694,
    story: 'corrected_to_fail',
  })
}

function isHeldBackNow(career: Career) {
  const [associate, specialist] = pathUpTo(career, 2)
  passes(career, associate!, monthsAgo(career, 7), { story: 'revoked' })
  passes(career, specialist!, monthsAgo(career, 3), { story: 'held' })
}

/** Sittings of which a file with an older date speaks as well. */
export function lateRowDate(today: CalendarDate, days: number): CalendarDate {
  return addDays(addMonths(today, -21), -days)
}

function passes(
  career: Career,
  certification: Certification,
  on: CalendarDate,
  sat: NonNullable<Parameters<typeof sit>[3]> = {},
) {
  sit(career, examOf(career.world.program, certification), on, { outcome: plainPass, story: 'plain', ...sat })
}

function monthsAgo({ world }: Career, months: number): CalendarDate {
  return addMonths(world.today, -months)
}

/** The way up to the first certification of a rank, one for each rank. */
function pathUpTo({ world, random }: Career, rank: number): Certification[] {
  const goal = ofRank(world.program, rank)[0]
  return goal ? certificationsTowards(world.program, goal, random) : []
}

/** Those with everything below them first. */
function ofRank(program: Program, rank: number): Certification[] {
  return program.certifications.filter((certification) => levelRank(program, certification) === rank)
}
