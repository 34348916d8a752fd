import { type SQL, sql } from 'drizzle-orm'
import type { BatchItem } from 'drizzle-orm/batch'
import type { Database } from '../core/database.ts'
import type { OwedMail } from '../mail/outbox.ts'
import { oweMails } from '../mail/outbox-queries.ts'
import { awards, candidates, reachedMilestones, renewals } from '../schema.ts'
import type { AwardChange, KeptRenewal } from './award-changes.ts'
import type { ReachedMilestone } from './evaluated-award.ts'

/** Every row says whose it is and which revision it follows from, so that it can be left out when that moved on. */
export type Owed<Row> = { candidateId: string; revision: number } & Row

export type AwardWrites = {
  /** The newest version of the program when its rules were read. */
  programVersion: number
  evaluated: Owed<object>[]
  changed: Owed<AwardChange>[]
  created: Owed<{
    certification: string
    awardedOn: string
    expiresOn: string | null
    suspendedOn: string | null
    revokedOn: string | null
    emeritusOn: string | null
    number: string
    verificationCode: string
    reason: string
  }>[]
  renewed: Owed<{ number: string }>[]
  renewals: Owed<KeptRenewal & { number: string }>[]
  milestones: Owed<{ milestones: ReachedMilestone[] }>[]
  mails: OwedMail[]
}

/** A parameter may be 2 MB; names of exams and dates are ASCII, and a row is below 2 KB. */
const ROWS_PER_STATEMENT = 800

/**
 * Stores what the rules say of many candidates in one batch, all or nothing. Candidates whose results changed, or
 * who were evaluated by somebody else, since they were read are passed over. Answers how many were not.
 */
export async function storeAwards(db: Database, writes: AwardWrites, now: Date): Promise<number> {
  const statements = awardStatements(db, writes, now, sql`${isOwedAsRead} AND ${areRulesAsRead(writes)}`)
  const marks = Math.ceil(writes.evaluated.length / ROWS_PER_STATEMENT)
  const answers = await db.batch(statements as unknown as [BatchItem<'sqlite'>])
  return (answers as unknown[][]).slice(-marks).reduce((count, rows) => count + rows.length, 0)
}

/** The same whether or not somebody else evaluated a candidate meanwhile, who came to the same by the same rules. */
export function statementsForEverybody(db: Database, writes: AwardWrites, now: Date, onlyIf: SQL) {
  return awardStatements(db, writes, now, sql`${isAsRead} AND ${areRulesAsRead(writes)} AND ${onlyIf}`)
}

function awardStatements(db: Database, writes: AwardWrites, now: Date, when: SQL) {
  return [
    ...inParts(writes.changed).map((rows) => updateAwards(db, rows, when)),
    ...inParts(writes.created).map((rows) => insertAwards(db, rows, now, when)),
    ...inParts(writes.renewed).map((rows) => deleteRenewals(db, rows, when)),
    ...inParts(writes.renewals).map((rows) => insertRenewals(db, rows, when)),
    ...inParts(writes.milestones).flatMap((rows) => [
      deleteMilestones(db, rows, when),
      insertMilestones(db, rows, when),
    ]),
    ...inParts(writes.mails).map((mails) => oweMails(db, mails, now, awardOfMailExists)),
    ...inParts(writes.evaluated).map((rows) => markEvaluated(db, rows, when)),
  ]
}

/** Never onto the date of another: matching gives an award of the same date its holding first. */
function updateAwards(db: Database, rows: AwardWrites['changed'], when: SQL) {
  return db
    .update(awards)
    .set({
      awardedOn: field('awardedOn'),
      expiresOn: field('expiresOn'),
      reason: field('reason'),
      emeritusOn: field('emeritusOn'),
      suspendedOn: field('suspendedOn'),
      revokedOn: field('revokedOn'),
      supersededBy: field('supersededBy'),
    })
    .from(each(rows))
    .where(sql`${awards.id} = ${field('id')} AND ${when}`)
}

function insertAwards(db: Database, rows: AwardWrites['created'], now: Date, when: SQL) {
  return db.insert(awards).select(sql`
    SELECT NULL, ${field('candidateId')}, ${field('certification')}, ${field('awardedOn')},
      ${field('expiresOn')}, ${field('number')}, ${field('verificationCode')}, ${field('reason')},
      ${field('suspendedOn')}, ${field('revokedOn')}, NULL, ${now.getTime()}, ${field('emeritusOn')}
    FROM ${each(rows)} WHERE ${when}`)
}

function deleteRenewals(db: Database, rows: AwardWrites['renewed'], when: SQL) {
  return db.delete(renewals).where(sql`${renewals.awardId} IN (
    SELECT held.id FROM ${each(rows)} JOIN ${awards} AS held ON held.number = ${field('number')}
    WHERE ${when})`)
}

function insertRenewals(db: Database, rows: AwardWrites['renewals'], when: SQL) {
  return db.insert(renewals).select(sql`
    SELECT held.id, ${field('renewedOn')}, ${field('rule')}, ${field('resultId')}, ${field('completionId')},
      ${field('actId')}, ${field('previousExpiresOn')}, ${field('expiresOn')}, ${field('reason')}
    FROM ${each(rows)} JOIN ${awards} AS held ON held.number = ${field('number')}
    WHERE ${when}`)
}

function deleteMilestones(db: Database, rows: AwardWrites['milestones'], when: SQL) {
  return db.delete(reachedMilestones).where(sql`${reachedMilestones.candidateId} IN (
    SELECT ${field('candidateId')} FROM ${each(rows)} WHERE ${when})`)
}

function insertMilestones(db: Database, rows: AwardWrites['milestones'], when: SQL) {
  return db.insert(reachedMilestones).select(sql`
    SELECT ${field('candidateId')}, reached.value ->> 'milestone', reached.value ->> 'reachedOn',
      reached.value -> 'certifications'
    FROM ${each(rows)}, json_each(owing.value, '$.milestones') AS reached WHERE ${when}`)
}

function markEvaluated(db: Database, rows: AwardWrites['evaluated'], when: SQL) {
  return db
    .update(candidates)
    .set({ evaluatedRevision: sql`${candidates.revision}` })
    .from(each(rows))
    .where(sql`${candidates.id} = ${field('candidateId')} AND ${when}`)
    .returning({ id: candidates.id })
}

/** Last in the batch a candidate is marked, and first of all it is asked whether somebody else has done so. */
const isOwedAsRead = sql`EXISTS (
  SELECT 1 FROM candidates AS owed
  WHERE owed.id = ${field('candidateId')} AND owed.revision = ${field('revision')}
    AND owed.evaluated_revision <> owed.revision)`

/** Of two who evaluate at once, the one who knows an older program writes nothing. */
export function areRulesAsRead({ programVersion }: Pick<AwardWrites, 'programVersion'>): SQL {
  return sql`(SELECT MAX(version) FROM program_versions) = ${programVersion}`
}

const isAsRead = sql`EXISTS (
  SELECT 1 FROM candidates AS owed
  WHERE owed.id = ${field('candidateId')} AND owed.revision = ${field('revision')})`

const awardOfMailExists = sql`EXISTS (
  SELECT 1 FROM awards WHERE number = substr(mail.value ->> 'dedupeKey', ${'award/'.length + 1}))`

function each(rows: readonly object[]): SQL {
  return sql`json_each(${JSON.stringify(rows)}) AS owing`
}

function field(name: string): SQL {
  return sql.raw(`(owing.value ->> '${name}')`)
}

function inParts<Row>(rows: readonly Row[]): Row[][] {
  const parts: Row[][] = []
  for (let start = 0; start < rows.length; start += ROWS_PER_STATEMENT) {
    parts.push(rows.slice(start, start + ROWS_PER_STATEMENT))
  }
  return parts
}
