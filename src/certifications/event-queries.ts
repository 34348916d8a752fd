import { and, eq, inArray, isNull, type SQL } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { approvals, awardActs, courseCompletions, results } from '../schema.ts'
import type { Pass } from './evaluated-award.ts'
import type { Attempt } from './retakes.ts'

export const passColumns = {
  exam: results.exam,
  passedOn: results.examOn,
  resultId: results.id,
  seriesCode: results.examCode,
}

export const completionColumns = {
  id: courseCompletions.id,
  course: courseCompletions.course,
  completedOn: courseCompletions.completedOn,
  submittedOn: courseCompletions.submittedOn,
}

export const approvalColumns = {
  id: approvals.id,
  approval: approvals.approval,
  approvedOn: approvals.approvedOn,
}

export const actColumns = {
  id: awardActs.id,
  kind: awardActs.kind,
  certification: awardActs.certification,
  passId: awardActs.passId,
  awardedOn: awardActs.awardedOn,
  on: awardActs.effectiveOn,
  toAwardedOn: awardActs.toAwardedOn,
  toExpiresOn: awardActs.toExpiresOn,
}

/** What the rules are given: passes that stand, courses that count and were not taken back, approvals that were not withdrawn. */
export const standingPass = and(
  eq(results.delivery, 'delivered'),
  eq(results.grade, 'pass'),
  eq(results.validity, 'valid'),
)
export const standingCompletion = and(
  eq(courseCompletions.validity, 'valid'),
  isNull(courseCompletions.takenBackAt),
)
export const standingApproval = isNull(approvals.withdrawnAt)

/** An exam that was sat and graded, and nobody took the result back. */
export const standingAttempt = and(
  eq(results.delivery, 'delivered'),
  inArray(results.grade, ['pass', 'fail']),
  eq(results.validity, 'valid'),
)

function selectPasses(db: Database, candidateId: string | SQL) {
  return db
    .select(passColumns)
    .from(results)
    .where(and(eq(results.candidateId, candidateId), standingPass))
}

/** Every time that an exam was sat and graded, and nobody took the result back. */
export function selectAttempts(db: Database, candidateId: string | SQL) {
  return db
    .select({ exam: results.exam, satOn: results.examOn, grade: results.grade })
    .from(results)
    .where(and(eq(results.candidateId, candidateId), standingAttempt))
}

/** The passes with what was failed, from one question: see satOf. */
function selectSat(db: Database, candidateId: string) {
  return db
    .select({ ...passColumns, grade: results.grade })
    .from(results)
    .where(and(eq(results.candidateId, candidateId), standingAttempt))
}

type Sat = Awaited<ReturnType<typeof selectSat>>[number]

/** What was sat, as passes that count and as attempts that may have to be waited after. */
export function satOf(sat: readonly Sat[]): { passes: Pass[]; attempts: Attempt[] } {
  return {
    passes: sat.flatMap(({ grade, ...pass }) => (grade === 'pass' ? [pass] : [])),
    attempts: sat.map(({ exam, passedOn, grade }) => ({ exam, satOn: passedOn, isPass: grade === 'pass' })),
  }
}

export type SatExam = Awaited<ReturnType<typeof selectAttempts>>[number]

export function attemptsOf(sat: readonly SatExam[]): Attempt[] {
  return sat.map(({ exam, satOn, grade }) => ({ exam, satOn, isPass: grade === 'pass' }))
}

function selectCompletions(db: Database, candidateId: string | SQL) {
  return db
    .select(completionColumns)
    .from(courseCompletions)
    .where(and(eq(courseCompletions.candidateId, candidateId), standingCompletion))
}

function selectApprovals(db: Database, candidateId: string | SQL) {
  return db
    .select(approvalColumns)
    .from(approvals)
    .where(and(eq(approvals.candidateId, candidateId), standingApproval))
}

function selectActs(db: Database, candidateId: string | SQL) {
  return db.select(actColumns).from(awardActs).where(eq(awardActs.candidateId, candidateId))
}

/** The same with what was failed among the passes. */
export function selectEventsAndFails(db: Database, candidateId: string) {
  return [
    selectSat(db, candidateId),
    selectCompletions(db, candidateId),
    selectApprovals(db, candidateId),
    selectActs(db, candidateId),
  ] as const
}

/** All that a candidate's awards follow from, as statements that can ride in one batch, which may find out who it is. */
export function selectEvents(db: Database, candidateId: string | SQL) {
  return [
    selectPasses(db, candidateId),
    selectCompletions(db, candidateId),
    selectApprovals(db, candidateId),
    selectActs(db, candidateId),
  ] as const
}
