import { and, asc, gt, inArray, isNotNull, isNull, ne, type SQL, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { readVersions, selectVersions } from '../program/queries.ts'
import {
  approvals,
  awardActs,
  awards,
  candidateEmails,
  candidates,
  courseCompletions,
  reachedMilestones,
  renewals,
  results,
} from '../schema.ts'
import type { RecordedCandidate } from './award-queries.ts'
import {
  actColumns,
  approvalColumns,
  completionColumns,
  passColumns,
  standingApproval,
  standingCompletion,
  standingPass,
} from './event-queries.ts'

/**
 * Those whose facts have changed since their awards were last evaluated, whoever comes after one by their ID, or these, by
 * their IDs as JSON or by a subselect that finds them.
 */
export type Whose = 'owed' | { after: string } | { idsJson: string } | { among: SQL }

/** What readCandidates reads, to ride in the batch of another question: the rules, and the first `limit` of those asked for. */
export function selectCandidates(db: Database, whose: Whose, limit: number) {
  const isAsked = isOneOf(whose)
  const chosen = () =>
    db.select({ id: candidates.id }).from(candidates).where(isAsked).orderBy(asc(candidates.id)).limit(limit)
  const who = db
    .select({
      id: candidates.id,
      revision: candidates.revision,
      isOwed: sql<number>`${candidates.evaluatedRevision} <> ${candidates.revision}`.as('is_owed'),
      hasAddress: sql<number>`EXISTS (
        SELECT 1 FROM ${candidateEmails}
        WHERE ${candidateEmails.candidateId} = ${candidates.id} AND ${candidateEmails.isPrimary} = 1
      )`.as('has_address'),
    })
    .from(candidates)
    .where(isAsked)
    .orderBy(asc(candidates.id))
    .limit(limit)
  const passed = db
    .select({ candidateId: results.candidateId, ...passColumns })
    .from(results)
    .where(and(inArray(results.candidateId, chosen()), standingPass))
  const completed = db
    .select({ candidateId: courseCompletions.candidateId, ...completionColumns })
    .from(courseCompletions)
    .where(and(inArray(courseCompletions.candidateId, chosen()), standingCompletion))
  const approved = db
    .select({ candidateId: approvals.candidateId, ...approvalColumns })
    .from(approvals)
    .where(and(inArray(approvals.candidateId, chosen()), standingApproval))
  const acted = db
    .select({ candidateId: awardActs.candidateId, ...actColumns })
    .from(awardActs)
    .where(inArray(awardActs.candidateId, chosen()))
  const reached = db
    .select()
    .from(reachedMilestones)
    .where(inArray(reachedMilestones.candidateId, chosen()))
    .orderBy(asc(reachedMilestones.reachedOn))
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

  return [
    selectVersions(db),
    who,
    passed,
    completed,
    approved,
    acted,
    reached,
    live,
    merged,
    renewed,
  ] as const
}

type AnswersTo<Statements extends readonly unknown[]> = {
  readonly [Index in keyof Statements]: Awaited<Statements[Index]>
}

/** Reads what selectCandidates answered. */
export function readCandidates(answers: AnswersTo<ReturnType<typeof selectCandidates>>) {
  const [versions, people, passes, completions, given, acts, milestones, liveRows, mergedRows, renewalRows] =
    answers
  const passesOf = Map.groupBy(passes, ({ candidateId }) => candidateId)
  const completionsOf = Map.groupBy(completions, ({ candidateId }) => candidateId)
  const approvalsOf = Map.groupBy(given, ({ candidateId }) => candidateId)
  const actsOf = Map.groupBy(acts, ({ candidateId }) => candidateId)
  const milestonesOf = Map.groupBy(milestones, ({ candidateId }) => candidateId)
  const keptOf = Map.groupBy([...liveRows, ...mergedRows], ({ candidateId }) => candidateId)
  const renewalsOf = Map.groupBy(renewalRows, ({ awardId }) => awardId)
  return {
    rules: readVersions(versions),
    programVersion: Math.max(...versions.map(({ version }) => version)),
    candidates: people.map(
      ({ id, revision, isOwed, hasAddress }): RecordedCandidate => ({
        id,
        revision,
        isOwed: isOwed === 1,
        hasAddress: hasAddress === 1,
        events: {
          passes: (passesOf.get(id) ?? []).map(({ candidateId, ...pass }) => pass),
          completions: (completionsOf.get(id) ?? []).map(({ candidateId, ...completion }) => completion),
          approvals: (approvalsOf.get(id) ?? []).map(({ candidateId, ...approval }) => approval),
          acts: (actsOf.get(id) ?? []).map(({ candidateId, ...act }) => act),
        },
        milestones: (milestonesOf.get(id) ?? []).map(({ milestone, reachedOn, certifications }) => ({
          milestone,
          reachedOn,
          certifications: JSON.parse(certifications) as string[],
        })),
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
      emeritusOn: awards.emeritusOn,
      reason: awards.reason,
      passId: sql<number | null>`${awards.reason} ->> '$.pass.resultId'`.as('pass_id'),
      suspendedOn: awards.suspendedOn,
      revokedOn: awards.revokedOn,
      supersededBy: awards.supersededBy,
    })
    .from(awards)
}

function isOneOf(whose: Whose): SQL {
  if (whose === 'owed') return ne(candidates.evaluatedRevision, candidates.revision)
  if ('among' in whose) return sql`${candidates.id} IN (${whose.among})`
  if ('after' in whose) return gt(candidates.id, whose.after)
  return sql`${candidates.id} IN (SELECT value FROM json_each(${whose.idsJson}))`
}
