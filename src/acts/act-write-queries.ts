import { type SQL, sql } from 'drizzle-orm'
import { staffActor } from '../audit/actions.ts'
import { auditedMany, lastChanged } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import type { OwedMail, ToldChange } from '../mail/outbox.ts'
import { oweMails } from '../mail/outbox-queries.ts'
import { awardActs, candidates } from '../schema.ts'
import { actionOf, type NewAct } from './act.ts'

/** An award to be acted on, on the understanding that its candidate has not changed since this revision. */
export type ActedAward = {
  awardId: number
  candidateId: string
  revision: number
  /** The form that was sent: sent again it is the same act. */
  submission: string
  certification: string
  number: string
  hasAddress: boolean
  /** How others of the candidate's change with it. */
  besides: ToldChange[]
}

export type Actor = { staffId: number; now: Date }

/** A parameter may be 2 MB, and each mail repeats the reason. */
const MAILS_PER_STATEMENT = 100

/** One act on one award or on many, with all that belongs to it: entries in the log, mails, and who owes an evaluation. */
export function actStatements(
  db: Database,
  act: NewAct,
  acted: readonly ActedAward[],
  { staffId, now }: Actor,
  onlyIf: SQL,
) {
  const about = acted.map(({ candidateId, awardId }) => ({ candidateId, details: { awardId } }))
  const event = { action: actionOf(act.kind), actor: staffActor(staffId) }
  const { before, after } = auditedMany(db, event, about, now)
  const mails = acted.filter(({ hasAddress }) => hasAddress).map((award) => mailOf(act, award))
  return {
    before,
    statements: [
      insertActs(db, act, acted, { staffId, now }, onlyIf),
      oweEvaluation(db, acted),
      after,
    ] as const,
    mails: inParts(mails).map((part) => oweMails(db, part, now, actOfMailExists)),
  }
}

/** False where the candidate has changed since, or the form was sent before: then nothing happens. */
export async function storeAct(db: Database, act: NewAct, award: ActedAward, by: Actor): Promise<boolean> {
  const { before, statements, mails } = actStatements(db, act, [award], by, sql`true`)
  const [, stored] = await db.batch([before, ...statements, ...mails])
  return (stored as unknown[]).length === 1
}

function insertActs(
  db: Database,
  { kind, on, toAwardedOn, toExpiresOn, reason }: NewAct,
  acted: readonly ActedAward[],
  { staffId, now }: Actor,
  onlyIf: SQL,
) {
  return db
    .insert(awardActs)
    .select(sql`
      SELECT NULL, award.candidate_id, award.id, ${kind}, award.certification, award.reason ->> '$.pass.resultId',
        award.awarded_on, ${on}, ${toAwardedOn}, ${toExpiresOn}, ${reason}, ${staffId}, ${now.getTime()},
        acting.value ->> 'submission'
      FROM ${each(acted)} CROSS JOIN awards AS award CROSS JOIN candidates AS holder
      WHERE award.id = acting.value ->> 'awardId' AND award.superseded_by IS NULL
        AND holder.id = award.candidate_id AND holder.id = acting.value ->> 'candidateId'
        AND holder.revision = acting.value ->> 'revision' AND ${onlyIf}`)
    .onConflictDoNothing({ target: awardActs.submission })
    .returning({ id: awardActs.id })
}

/** Right behind the acts. */
function oweEvaluation(db: Database, acted: readonly ActedAward[]) {
  return db
    .update(candidates)
    .set({ revision: sql`${candidates.revision} + 1` })
    .where(
      sql`${candidates.id} IN (SELECT acting.value ->> 'candidateId' FROM ${each(acted)}) AND ${lastChanged}`,
    )
}

const KEY = 'award_act/'

function mailOf(
  { reason, ...act }: NewAct,
  { certification, number, besides, ...award }: ActedAward,
): OwedMail {
  const { kind, on, toAwardedOn, toExpiresOn } = act
  const { submission, candidateId } = award
  const payload = { kind, certification, number, on, toAwardedOn, toExpiresOn, reason, besides }
  return { dedupeKey: KEY + submission, candidateId, template: 'award_act', payload }
}

const actOfMailExists = sql`EXISTS (
  SELECT 1 FROM award_acts WHERE submission = substr(mail.value ->> 'dedupeKey', ${KEY.length + 1}))`

/** Without what is only in the mail. */
function each(acted: readonly ActedAward[]): SQL {
  const rows = acted.map(({ awardId, candidateId, revision, submission }) => {
    return { awardId, candidateId, revision, submission }
  })
  return sql`json_each(${JSON.stringify(rows)}) AS acting`
}

function inParts(mails: readonly OwedMail[]): OwedMail[][] {
  const parts: OwedMail[][] = []
  for (let start = 0; start < mails.length; start += MAILS_PER_STATEMENT)
    parts.push(mails.slice(start, start + MAILS_PER_STATEMENT))
  return parts
}
