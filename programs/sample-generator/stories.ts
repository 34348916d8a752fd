import { addDays } from '../../src/core/calendar-date.ts'
import { PASSING_SCORE, type Sitting, type SittingVersion, type Story } from './sitting.ts'

/** The vendor promises results within some business days. */
const RESULT_DAYS = 3

/** How often what happens; a story that does not fit the outcome is a plain one. */
export const storyWeights: Record<Story, number> = {
  plain: 928,
  graded_later: 22,
  rescored: 20,
  corrected_to_pass: 4,
  corrected_to_fail: 2,
  held: 4,
  released: 8,
  revoked: 5,
  reinstated: 3,
  lost: 4,
}

/** The versions of a sitting that the vendor sends, in the order in which it does. */
export function versionsOf(sitting: Sitting): SittingVersion[] {
  const story = fits(sitting) ? sitting.story : sitting.story === 'lost' ? 'lost' : 'plain'
  const told = (
    days: number,
    by: SittingVersion['by'],
    changes: Partial<Sitting> = {},
    validity: SittingVersion['validity'] = 'valid',
  ): SittingVersion => ({
    knownOn: addDays(sitting.on, days),
    by,
    sitting: { ...sitting, ...changes },
    validity,
  })
  const first = told(
    RESULT_DAYS,
    sitting.delivery === 'no_show_excused' || sitting.delivery === 'cancelled' ? 'results' : 'exam',
  )

  switch (story) {
    case 'plain':
      return [first]
    case 'lost':
      return []
    case 'graded_later':
      return [told(RESULT_DAYS, 'exam', { grade: 'pending', score: null, correct: null }), told(34, 'exam')]
    case 'rescored':
      return [told(RESULT_DAYS, 'exam', { score: rescored(sitting, -9), correct: null }), told(40, 'exam')]
    case 'corrected_to_pass':
      return [
        told(RESULT_DAYS, 'exam', { grade: 'fail', score: PASSING_SCORE - 4 }),
        told(75, 'results', { grade: 'pass' }),
      ]
    case 'corrected_to_fail':
      return [
        told(RESULT_DAYS, 'exam', { grade: 'pass', score: PASSING_SCORE + 3 }),
        told(75, 'results', { grade: 'fail' }),
      ]
    case 'held':
      return [first, told(20, 'results', {}, 'held')]
    case 'released':
      return [first, told(20, 'results', {}, 'held'), told(70, 'results')]
    case 'revoked':
      return [first, told(90, 'results', {}, 'revoked')]
    case 'reinstated':
      return [first, told(30, 'results', {}, 'revoked'), told(120, 'results')]
  }
}

function fits({ delivery, grade, story }: Sitting): boolean {
  if (delivery !== 'delivered') return false
  if (story === 'corrected_to_fail') return grade === 'fail'
  return grade === 'pass' || story === 'graded_later' || story === 'rescored'
}

/** Another score with the same grade. */
function rescored({ grade, score }: Sitting, by: number): number {
  const other = (score ?? 0) + by
  if (grade === 'pass')
    return Math.max(PASSING_SCORE, other) === score ? score + 11 : Math.max(PASSING_SCORE, other)
  return Math.max(0, other) === score ? 5 : Math.max(0, other)
}
