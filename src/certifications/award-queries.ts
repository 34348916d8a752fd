import { and, asc, eq, inArray, isNotNull, isNull, ne, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { readProgram, selectProgram } from '../program/queries.ts'
import { awards, candidateEmails, candidates, courseCompletions, renewals, results } from '../schema.ts'
import type { KeptHolding } from './award-changes.ts'
import type { Completion, Pass } from './evaluated-award.ts'
import { completionColumns } from './status-queries.ts'

/** A candidate whose facts have changed since their awards were last evaluated. */
export type Unevaluated = {
  id: string
  revision: number
  hasAddress: boolean
  passes: Pass[]
  completions: Completion[]
  kept: KeptHolding[]
}

/** The program and the first `limit` unevaluated candidates with all that their awards follow from: one round trip. */
export async function loadUnevaluated(db: Database, limit: number) {
  const isUnevaluated = ne(candidates.evaluatedRevision, candidates.revision)
  const chosen = () =>
    db
      .select({ id: candidates.id })
      .from(candidates)
      .where(isUnevaluated)
      .orderBy(asc(candidates.id))
      .limit(limit)
  const whose = db
    .select({
      id: candidates.id,
      revision: candidates.revision,
      hasAddress: sql<number>`EXISTS (
        SELECT 1 FROM ${candidateEmails}
        WHERE ${candidateEmails.candidateId} = ${candidates.id} AND ${candidateEmails.isPrimary} = 1
      )`.as('has_address'),
    })
    .from(candidates)
    .where(isUnevaluated)
    .orderBy(asc(candidates.id))
    .limit(limit)
  const passed = db
    .select({
      candidateId: results.candidateId,
      resultId: results.id,
      exam: results.exam,
      passedOn: results.examOn,
      seriesCode: results.examCode,
    })
    .from(results)
    .where(
      and(
        inArray(results.candidateId, chosen()),
        eq(results.grade, 'pass'),
        eq(results.delivery, 'delivered'),
        eq(results.validity, 'valid'),
      ),
    )
  const completed = db
    .select({ candidateId: courseCompletions.candidateId, ...completionColumns })
    .from(courseCompletions)
    .where(inArray(courseCompletions.candidateId, chosen()))
  const ofChosen = inArray(awards.candidateId, chosen())
  // Two questions, because live and merged awards stand in two partial indexes.
  const live = selectKept(db).where(and(ofChosen, isNull(awards.supersededBy)))
  const merged = selectKept(db).where(and(ofChosen, isNotNull(awards.supersededBy)))
  const liveIds = db
    .select({ id: awards.id })
    .from(awards)
    .where(and(ofChosen, isNull(awards.supersededBy)))
  const renewed = db
    .select()
    .from(renewals)
    .where(inArray(renewals.awardId, liveIds))
    .orderBy(asc(renewals.awardId), asc(renewals.renewedOn))

  const [programs, people, passes, completions, liveRows, mergedRows, renewalRows] = await db.batch([
    selectProgram(db),
    whose,
    passed,
    completed,
    live,
    merged,
    renewed,
  ])
  const passesOf = Map.groupBy(passes, ({ candidateId }) => candidateId)
  const completionsOf = Map.groupBy(completions, ({ candidateId }) => candidateId)
  const keptOf = Map.groupBy([...liveRows, ...mergedRows], ({ candidateId }) => candidateId)
  const renewalsOf = Map.groupBy(renewalRows, ({ awardId }) => awardId)
  return {
    program: readProgram(programs),
    unevaluated: people.map(
      ({ id, revision, hasAddress }): Unevaluated => ({
        id,
        revision,
        hasAddress: hasAddress === 1,
        passes: (passesOf.get(id) ?? []).map(({ candidateId, ...pass }) => pass),
        completions: (completionsOf.get(id) ?? []).map(({ candidateId, ...completion }) => completion),
        kept: (keptOf.get(id) ?? []).map(({ candidateId, ...award }) => ({
          ...award,
          renewals: (renewalsOf.get(award.id) ?? []).map(({ awardId, ...renewal }) => renewal),
        })),
      }),
    ),
  }
}

function selectKept(db: Database) {
  return db
    .select({
      id: awards.id,
      candidateId: awards.candidateId,
      certification: awards.certification,
      awardedOn: awards.awardedOn,
      expiresOn: awards.expiresOn,
      number: awards.number,
      reason: awards.reason,
      passId: sql<number | null>`${awards.reason} ->> '$.pass.resultId'`.as('pass_id'),
      suspendedOn: awards.suspendedOn,
      revokedOn: awards.revokedOn,
      supersededBy: awards.supersededBy,
    })
    .from(awards)
}
