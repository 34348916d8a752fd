import { and, inArray, isNull, sql } from 'drizzle-orm'
import {
  actColumns,
  approvalColumns,
  completionColumns,
  passColumns,
  satOf,
  standingApproval,
  standingAttempt,
  standingCompletion,
} from '../certifications/event-queries.ts'
import { awardColumns } from '../certifications/status-queries.ts'
import type { CalendarDate } from '../core/calendar-date.ts'
import type { Database } from '../core/database.ts'
import type { OwedMail } from '../mail/outbox.ts'
import { oweMails } from '../mail/outbox-queries.ts'
import { readVersions, selectVersions } from '../program/queries.ts'
import {
  approvals,
  awardActs,
  awards,
  candidateEmails,
  candidates,
  courseCompletions,
  expiryReminders,
  results,
} from '../schema.ts'
import type { Reminded } from './due-reminders.ts'
import { reminderWindows } from './reminder-kinds.ts'

/** An award by its place in the order in which those that expire are gone through. */
export type DuePlace = { id: number; expiresOn: CalendarDate }
export type DueAward = DuePlace & { candidateId: string }

/** Who gets mail of this kind. */
const reachable = sql`${candidates.notifyReminders} = 1
  AND ${candidates.erasedAt} IS NULL AND ${candidates.closesAt} IS NULL
  AND EXISTS (
    SELECT 1 FROM ${candidateEmails}
    WHERE ${candidateEmails.candidateId} = ${candidates.id} AND ${candidateEmails.isPrimary} = 1)`

/**
 * Awards whose holders are to be reminded and were not as is due today, by their expiry, after one of them. Those who get
 * no mail are passed over here: nothing is noted of them, and they would come first every day.
 */
export async function listDueAwards(
  db: Database,
  today: CalendarDate,
  after: DuePlace | null,
  limit: number,
): Promise<DueAward[]> {
  const windows = reminderWindows(today)
  const kind = sql.join([
    sql`CASE`,
    ...windows.map((window) => sql` WHEN award.expires_on <= ${window.to} THEN ${window.kind}`),
    sql` END`,
  ])
  return db.all<DueAward>(sql`
    SELECT award.id, award.expires_on AS expiresOn, award.candidate_id AS candidateId FROM awards AS award
    WHERE award.expires_on IS NOT NULL AND award.superseded_by IS NULL AND award.revoked_on IS NULL
      AND award.suspended_on IS NULL
      AND (award.expires_on, award.id) > (${after?.expiresOn ?? windows[0]!.from}, ${after?.id ?? 0})
      AND award.expires_on <= ${windows.at(-1)!.to}
      AND NOT EXISTS (
        SELECT 1 FROM expiry_reminders AS reminded
        WHERE reminded.award_id = award.id AND reminded.expires_on = award.expires_on AND reminded.kind = ${kind})
      AND EXISTS (SELECT 1 FROM ${candidates} WHERE ${candidates.id} = award.candidate_id AND ${reachable})
    ORDER BY award.expires_on, award.id LIMIT ${limit}`)
}

/** What reminders of these candidates depend on, in one round trip; who is no longer reachable is left out. */
export async function loadRecords(db: Database, candidateIds: readonly string[]) {
  const asked = sql`(SELECT value FROM json_each(${JSON.stringify(candidateIds)}))`
  const who = db
    .select({ id: candidates.id, timeZone: candidates.timeZone })
    .from(candidates)
    .where(and(sql`${candidates.id} IN ${asked}`, reachable))
  const held = db
    .select({ ...awardColumns, candidateId: awards.candidateId, createdAt: awards.createdAt })
    .from(awards)
    .where(and(sql`${awards.candidateId} IN ${asked}`, isNull(awards.supersededBy)))
  const sat = db
    .select({ ...passColumns, grade: results.grade, candidateId: results.candidateId })
    .from(results)
    .where(and(sql`${results.candidateId} IN ${asked}`, standingAttempt))
  const completed = db
    .select({ ...completionColumns, candidateId: courseCompletions.candidateId })
    .from(courseCompletions)
    .where(and(sql`${courseCompletions.candidateId} IN ${asked}`, standingCompletion))
  const approved = db
    .select({ ...approvalColumns, candidateId: approvals.candidateId })
    .from(approvals)
    .where(and(sql`${approvals.candidateId} IN ${asked}`, standingApproval))
  const acted = db
    .select({ ...actColumns, candidateId: awardActs.candidateId })
    .from(awardActs)
    .where(sql`${awardActs.candidateId} IN ${asked}`)
  const reminded = db
    .select({
      awardId: expiryReminders.awardId,
      expiresOn: expiryReminders.expiresOn,
      kind: expiryReminders.kind,
    })
    .from(expiryReminders)
    .where(
      inArray(
        expiryReminders.awardId,
        db
          .select({ id: awards.id })
          .from(awards)
          .where(and(sql`${awards.candidateId} IN ${asked}`, isNull(awards.supersededBy))),
      ),
    )
  const [versions, people, awardRows, satRows, completions, given, acts, reminders] = await db.batch([
    selectVersions(db),
    who,
    held,
    sat,
    completed,
    approved,
    acted,
    reminded,
  ])
  const awardsOf = Map.groupBy(awardRows, ({ candidateId }) => candidateId)
  const satBy = Map.groupBy(satRows, ({ candidateId }) => candidateId)
  const completionsOf = Map.groupBy(completions, ({ candidateId }) => candidateId)
  const approvalsOf = Map.groupBy(given, ({ candidateId }) => candidateId)
  const actsOf = Map.groupBy(acts, ({ candidateId }) => candidateId)
  const rules = readVersions(versions)
  const remindersOf = Map.groupBy(reminders, ({ awardId }) => awardId)
  return people.map((person) => {
    const held = awardsOf.get(person.id) ?? []
    const { passes, attempts } = satOf(satBy.get(person.id) ?? [])
    return {
      ...person,
      rules,
      awards: held,
      events: {
        passes,
        completions: completionsOf.get(person.id) ?? [],
        approvals: approvalsOf.get(person.id) ?? [],
        acts: actsOf.get(person.id) ?? [],
      },
      attempts,
      reminded: held.flatMap(({ id }) => remindersOf.get(id) ?? []),
    }
  })
}

/** Notes what is reminded of, and owes the mails that do, together. */
export async function oweReminders(
  db: Database,
  reminded: readonly Reminded[],
  mails: readonly OwedMail[],
  now: Date,
): Promise<void> {
  const noted = db
    .insert(expiryReminders)
    .select(sql`
      SELECT one.value ->> 'awardId', one.value ->> 'expiresOn', one.value ->> 'kind', ${now.getTime()}
      FROM json_each(${JSON.stringify(reminded)}) AS one WHERE true`)
    .onConflictDoNothing()
  await db.batch([noted, oweMails(db, mails, now)])
}
