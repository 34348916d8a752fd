import type { Database } from '../core/database.ts'
import { ok, type Result, refuse } from '../core/result.ts'
import { type Applied, tallyOf } from './applied.ts'
import { courseOfRow } from './course-of-row.ts'
import {
  type CourseFacts,
  type CourseRow,
  confirmCourses,
  doubtApproved,
  loadCourseFacts,
  type StoredCourse,
  storeCourses,
} from './course-queries.ts'
import { createCandidates, type NewCandidate } from './create-candidates.ts'
import { faultOfCourse } from './decide-course.ts'
import { contradictedKeys, contradiction, decideByTime } from './decide-row.ts'
import { matchCandidate } from './match-candidate.ts'
import { type Origin, withBrought } from './origin.ts'
import { type CourseFields, completionKey, keyOfCourse } from './read-course-row.ts'
import type { Named } from './read-named.ts'
import { reviseCandidates } from './result-queries.ts'
import type { Fault, SourceRow } from './row.ts'
import { rowHash } from './row-hash.ts'
import { UNNUMBERED } from './sitting.ts'

/** Takes in rows about courses that candidates completed: each is owed a look at what it renews, and no mail. */
export async function applyCourses(
  db: Database,
  origin: Origin,
  rows: readonly SourceRow<CourseFields>[],
): Promise<Applied> {
  const asked = rows.map(({ fields }) => namedBy(fields))
  const facts = withBrought(origin, await loadCourseFacts(db, origin.feed.id, asked))
  const tally = tallyOf('course')
  const contradicted = contradictedKeys(rows, keyOfCourse, origin)
  const seen = new Set<string>()
  const applied: CourseRow[] = []
  const confirmed: CourseRow[] = []
  const people: NewCandidate[] = []
  const owed = new Set<string>()
  const turned: CourseRow[] = []

  for (const source of rows) {
    const key = keyOfCourse(source.fields)
    if (contradicted.has(key)) tally.refuse(source, contradiction(key))
    else if (seen.has(key)) tally.count('unchanged')
    else {
      const decided = decide(origin, source, facts)
      if (!decided.ok) tally.refuse(source, decided.refusal)
      else {
        const { row, stored, isNew } = decided.value
        const { outcome } = decideByTime(row, stored)
        seen.add(key)
        tally.count(outcome)
        if (isNew)
          people.push({ candidateId: row.candidateId, person: source.fields.person!, line: row.line })
        if (outcome === 'new' || outcome === 'changed') {
          applied.push(row)
          if (row.validity !== (stored?.validity ?? 'valid')) turned.push(row)
          if (row.validity === 'valid' || stored?.validity === 'valid') owed.add(row.candidateId)
        } else if (outcome === 'unchanged' && row.vendorTime > stored!.vendorTime) confirmed.push(row)
      }
    }
  }

  return {
    counts: tally.counts,
    kept: tally.kept,
    writes: [
      ...createCandidates(db, origin, people),
      ...storeCourses(db, origin, applied),
      ...doubtApproved(db, origin, turned),
      ...confirmCourses(db, origin.feed.id, confirmed),
      ...reviseCandidates(db, owed),
    ],
  }
}

type Decided = { row: CourseRow; stored: StoredCourse | null; isNew: boolean }

function decide(
  origin: Origin,
  { fields, line }: SourceRow<CourseFields>,
  facts: CourseFacts,
): Result<Decided, Fault> {
  const { enrolmentId, courseCode, completedOn } = fields
  const known = facts.enrolments.get(enrolmentId) ?? null
  const holder = known?.candidateId ?? null
  const match = matchCandidate(namedBy(fields), holder, facts, origin.feed.createsCandidates)
  if (!match.ok) return match
  const { candidateId, isNew } = match.value
  const course = courseOfRow(origin, fields)
  const candidateIsKnown = isNew || !facts.unknownCandidates.has(candidateId)
  const fault = faultOfCourse(
    { candidateId, courseCode, completedOn },
    { course, candidateIsKnown, holder },
    origin.today,
  )
  if (fault) return refuse(fault)

  const said = { course: course!.code, completedOn }
  const stored =
    enrolmentId === '' ? (facts.unnumbered.get(completionKey({ ...said, candidateId })) ?? null) : known
  const stands = { ...said, validity: fields.validity ?? stored?.validity ?? 'valid' }
  const row: CourseRow = {
    ...stands,
    candidateId,
    enrolmentId: enrolmentId || (stored?.enrolmentId ?? newNumber(origin, line)),
    vendorTime: fields.modifiedAt ?? origin.vendorTime,
    // Whose it is does not change, and is left out: a hash of an ID would outlast the person.
    rowHash: rowHash(stands),
    line,
  }
  return ok({ row, stored, isNew })
}

/** The same line of the same delivery gets the same number, however often it is tried. */
function newNumber({ deliveryId, member }: Origin, line: number): string {
  return UNNUMBERED + rowHash([deliveryId, member, line])
}

/** Whom a row names. A course is booked with no authorization of ours. */
function namedBy({ enrolmentId, candidateId, vendorCandidateId, person }: CourseFields): Named {
  return {
    registrationId: enrolmentId,
    candidateId,
    clientAuthorizationId: null,
    ...(vendorCandidateId !== undefined && { vendorCandidateId }),
    ...(person && { person }),
  }
}
