import { and, asc, inArray, isNull, lte, not, sql } from 'drizzle-orm'
import type { Database } from '../core/database.ts'
import { readProgram, selectProgram } from '../program/queries.ts'
import { accessLinks, candidateEmails, candidates, type linkPurposes, mailOutbox } from '../schema.ts'
import type { ContentOf, MailContent } from './outbox.ts'

/** A mail that is on the queue or being sent is nobody else's for this long; after it, it counts as forgotten. */
export const MAIL_FORGOTTEN_MS = 10 * 60_000

/** A mail that is to be queued, and how often it was tried before. */
export type ClaimedMail = { id: number; attempts: number }

/** A mail that somebody wants to send, on the understanding that it was tried no more often than this. */
export type AskedMail = { id: number; attempts: number }

/** A mail with all that is needed to write and address it. */
export type TakenMail = {
  id: number
  candidateId: string | null
  address: string | null
  name: string | null
  locale: string | null
  /** The kinds of mail that the candidate does not want. */
  unwanted: readonly MailContent['template'][]
  attempts: number
  /** Nothing of what it says is so any more. */
  isOutdated: boolean
} & MailContent

export type NewLink = {
  tokenHash: string
  candidateId: string | null
  purpose: (typeof linkPurposes)[number]
  sentTo: string
  /** What the link is about: the payload of its mail. */
  data: object
  expiresAt: number
}

/** What became of one mail: sent, to be tried again, or given up. */
export type Outcome =
  | { id: number; sent: true }
  | { id: number; sent: false; error: string; retryAt: number | null }

const isOwed = and(isNull(mailOutbox.sentAt), isNull(mailOutbox.givenUpAt))

/** Mail that somebody waits for in front of the screen; written out, so that its partial index is used. */
const isUrgent = sql`${mailOutbox.urgent} = 1`

/**
 * Claims up to `limit` due mails of one lane, the longest due first: while the claim lasts they are not due again.
 */
export async function claimDueMails(
  db: Database,
  lane: 'urgent' | 'ordinary',
  now: Date,
  limit: number,
): Promise<ClaimedMail[]> {
  const due = db
    .select({ id: mailOutbox.id })
    .from(mailOutbox)
    .where(and(isOwed, lane === 'urgent' ? isUrgent : not(isUrgent), lte(mailOutbox.sendAfter, now)))
    .orderBy(asc(mailOutbox.sendAfter), asc(mailOutbox.id))
    .limit(limit)
  const claimed = await db
    .update(mailOutbox)
    .set({ queuedAt: now, sendAfter: afterClaim(now) })
    .where(inArray(mailOutbox.id, due))
    .returning({ id: mailOutbox.id, attempts: mailOutbox.attempts })
  return claimed.sort((a, b) => a.id - b.id)
}

/**
 * Counts an attempt for each of the mails still owed, and reads them with recipient and program: one round trip.
 * Counted before anything is sent, so that a mail which brings its sender down is not tried for ever, and that
 * of two senders who ask for the same attempt one goes without.
 */
export async function takeMails(db: Database, asked: readonly AskedMail[], now: Date) {
  const asking = sql`json_each(${JSON.stringify(asked)}) AS asked`
  const count = db
    .update(mailOutbox)
    .set({ attempts: sql`${mailOutbox.attempts} + 1`, queuedAt: now, sendAfter: afterClaim(now) })
    .from(asking)
    .where(
      and(
        isOwed,
        sql`${mailOutbox.id} = asked.value ->> 'id'`,
        sql`${mailOutbox.attempts} <= asked.value ->> 'attempts'`,
      ),
    )
    .returning({ id: mailOutbox.id })
  const read = db
    .select({
      id: sql<number>`${mailOutbox.id}`.as('mail_id'),
      template: sql<string>`${mailOutbox.template}`.as('template'),
      payload: sql<string>`${mailOutbox.payload}`.as('payload'),
      attempts: sql<number>`${mailOutbox.attempts}`.as('attempts'),
      candidateId: sql<string | null>`${candidates.id}`.as('holder_id'),
      name: sql<string | null>`${candidates.fullName}`.as('name'),
      locale: sql<string | null>`${candidates.locale}`.as('locale'),
      wantsResults: sql<number | null>`${candidates.notifyResults}`.as('wants_results'),
      wantsAwards: sql<number | null>`${candidates.notifyAwards}`.as('wants_awards'),
      wantsReminders: sql<number | null>`${candidates.notifyReminders}`.as('wants_reminders'),
      stillSo: stillSo.as('still_so'),
      address: sql<string | null>`COALESCE(${mailOutbox.recipient}, (
        SELECT ${candidateEmails.address} FROM ${candidateEmails}
        WHERE ${candidateEmails.candidateId} = ${candidates.id} AND ${candidateEmails.isPrimary} = 1
      ))`.as('mail_address'),
    })
    .from(mailOutbox)
    .leftJoin(candidates, sql`${candidates.id} = ${mailOutbox.candidateId}`)
    .where(and(isOwed, sql`${mailOutbox.id} IN (SELECT asked.value ->> 'id' FROM ${asking})`))
    .orderBy(mailOutbox.id)

  const [taken, rows, programs] = await db.batch([count, read, selectProgram(db)])
  const ours = new Set(taken.map(({ id }) => id))
  // A row's template and payload were written together by oweMails.
  const mails = rows
    .filter(({ id }) => ours.has(id))
    .map(
      (row) =>
        ({
          ...row,
          name: UNNAMED.includes(row.template) ? null : row.name,
          unwanted: unwantedBy(row),
          ...upToDate(row),
        }) as TakenMail,
    )
  return { mails, program: readProgram(programs) }
}

const isOfTold = sql`award.candidate_id = ${mailOutbox.candidateId}
  AND award.certification = told.value ->> 'certification' AND award.awarded_on = told.value ->> 'awardedOn'`

/**
 * Of a reminder: the numbers of those awards that still expire when it says so. Those that were renewed, or taken back,
 * while it waited are not. Of what a change of the rules did: the places of those effects that are so to this day, since its
 * mails wait for somebody to let them go.
 */
const stillSo = sql<string | null>`CASE ${mailOutbox.template} WHEN 'expiry_reminder' THEN (
  SELECT json_group_array(award.number) FROM json_each(${mailOutbox.payload}, '$.awards') AS told
  CROSS JOIN awards AS award ON award.number = told.value ->> 'number'
  WHERE award.expires_on = told.value ->> 'expiresOn' AND award.superseded_by IS NULL
    AND award.revoked_on IS NULL AND award.suspended_on IS NULL)
WHEN 'program_changed' THEN (
  SELECT json_group_array(told.key) FROM json_each(${mailOutbox.payload}, '$.effects') AS told
  WHERE CASE
    WHEN told.value ->> 'awardedOn' IS NULL THEN 1
    WHEN told.value ->> 'kind' = 'merged' THEN EXISTS (
      SELECT 1 FROM awards AS award WHERE ${isOfTold} AND award.superseded_by IS NOT NULL)
    ELSE EXISTS (
      SELECT 1 FROM awards AS award WHERE ${isOfTold} AND award.superseded_by IS NULL AND CASE
        WHEN told.value ->> 'kind' = 'lost' AND told.value ->> 'afterOn' IS NULL
          THEN award.suspended_on IS NOT NULL OR award.revoked_on IS NOT NULL
        ELSE award.suspended_on IS NULL AND award.revoked_on IS NULL AND (
          told.value ->> 'kind' = 'redated' OR award.expires_on IS told.value ->> 'afterOn') END) END) END`

type StillSo = { template: string; payload: string; stillSo: string | null }

/** What the mail says, without what is no longer so. */
function upToDate({ template, payload, stillSo }: StillSo) {
  const said = JSON.parse(payload)
  if (stillSo === null) return { payload: said, isOutdated: false }
  const left = JSON.parse(stillSo) as (string | number)[]
  return template === 'expiry_reminder' ? reminderOf(said, left) : effectsOf(said, left)
}

/** Advice about all of it goes with the first that is not so any more. */
function reminderOf({ awards, advice }: ContentOf<'expiry_reminder'>, numbers: readonly (string | number)[]) {
  const left = awards.filter(({ number }) => numbers.includes(number))
  return {
    payload: { awards: left, advice: left.length === awards.length ? advice : null },
    isOutdated: left.length === 0,
  }
}

function effectsOf({ effects }: ContentOf<'program_changed'>, places: readonly (string | number)[]) {
  const left = effects.filter((_, place) => places.includes(place))
  return { payload: { effects: left }, isOutdated: left.length === 0 }
}

/** To addresses that nobody has proved yet: one may be a stranger's, who must not learn whose record it is. */
const UNNAMED: readonly string[] = ['address_confirmation']

type Wishes = { wantsResults: number | null; wantsAwards: number | null; wantsReminders: number | null }

function unwantedBy({ wantsResults, wantsAwards, wantsReminders }: Wishes): MailContent['template'][] {
  return [
    ...(wantsResults === 0 ? (['result', 'result_changed'] as const) : []),
    ...(wantsAwards === 0 ? (['award', 'program_changed'] as const) : []),
    ...(wantsReminders === 0 ? (['review_reminder', 'expiry_reminder'] as const) : []),
  ]
}

export async function insertAccessLinks(db: Database, links: readonly NewLink[], now: Date) {
  if (links.length === 0) return
  await db.insert(accessLinks).select(sql`
    SELECT link.value ->> 'tokenHash', link.value ->> 'candidateId', link.value ->> 'purpose',
      link.value ->> 'sentTo', link.value -> 'data', ${now.getTime()}, link.value ->> 'expiresAt', NULL
    FROM json_each(${JSON.stringify(links)}) AS link`)
}

/** Writes down what became of the mails. One that will be tried again is the queue's until it is forgotten there. */
export async function recordOutcomes(db: Database, outcomes: readonly Outcome[], now: Date) {
  const outcome = (name: string) => sql`(outcome.value ->> ${sql.raw(`'${name}'`)})`
  await db
    .update(mailOutbox)
    .set({
      sentAt: sql`CASE WHEN ${outcome('sent')} THEN ${now.getTime()} END`,
      givenUpAt: sql`CASE WHEN NOT ${outcome('sent')} AND ${outcome('retryAt')} IS NULL THEN ${now.getTime()} END`,
      sendAfter: sql`COALESCE(${outcome('retryAt')} + ${MAIL_FORGOTTEN_MS}, ${mailOutbox.sendAfter})`,
      lastError: outcome('error'),
    })
    .from(sql`json_each(${JSON.stringify(outcomes)}) AS outcome`)
    .where(and(isOwed, sql`${mailOutbox.id} = ${outcome('id')}`))
}

function afterClaim(now: Date): Date {
  return new Date(now.getTime() + MAIL_FORGOTTEN_MS)
}
