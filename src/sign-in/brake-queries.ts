import { and, eq, inArray, lt, or, type SQL, sql } from 'drizzle-orm'
import { audited, giveReference } from '../audit/audit-queries.ts'
import type { Database } from '../core/database.ts'
import { knownBrowsers, signInBrakes } from '../schema.ts'
import { type Attempt, BRAKE_MEMORY_MS, DELAYS, delayAfter } from './brake.ts'
import { isKnownTo } from './known-browser-queries.ts'

const KEY_LENGTH = 64

/**
 * Whose account is tried: `account` is SQL for a candidate ID, or for null where the name is nobody's. `isCode`: at the
 * second factor, whose tries are counted apart. Only who has the first gets to it, so that no stranger can use them up;
 * and a new password by mail must not bring whoever reads that mail new tries at the code.
 */
export type Tried = { account: SQL; nameKey: string | null; browserHash: string | null; isCode?: boolean }

/** As long as each other: forgetTries puts one in the place of the other. */
const PASSWORD_PREFIX = 'account:'
const CODE_PREFIX = 'appcode:'

/**
 * All names of an account count as one, under the reference that stands for it in the audit log: random, and with no
 * account left to lead to once that is closed.
 */
function accountKey(account: SQL, prefix = PASSWORD_PREFIX): SQL {
  return sql`(
    SELECT substr(${prefix} || ref || ${'0'.repeat(KEY_LENGTH)}, 1, ${KEY_LENGTH}) FROM audit_subjects
    WHERE candidate_id = (${account}) ORDER BY ref LIMIT 1)`
}

/**
 * What the failures are counted under: a browser in which the account was opened before, apart from everyone else, so
 * that a stranger who keeps guessing cannot keep its holder out; else the account; else the name as it was typed.
 */
function keyOf({ account, nameKey, browserHash, isCode = false }: Tried, now: Date): SQL {
  return sql`coalesce(
    (SELECT token_hash FROM known_browsers WHERE ${isKnownTo(account, browserHash, now)}),
    ${accountKey(account, isCode ? CODE_PREFIX : PASSWORD_PREFIX)}, ${nameKey})`
}

/**
 * Counts a try before anybody looks whether it is right, so that many at once get no more than one after the other:
 * the statements, to be put first to last in one batch. A try that comes during the delay is not counted, and must
 * not be looked at.
 */
export function countTry(db: Database, tried: Tried, now: Date) {
  const key = keyOf(tried, now)
  const at = now.getTime()
  const forgotten = new Date(at - BRAKE_MEMORY_MS)
  const failures = sql`CASE WHEN ${signInBrakes.lastFailedAt} <= ${forgotten.getTime()} THEN 1 ELSE ${signInBrakes.failures} + 1 END`
  // A bound number is a float to SQLite, which is no index.
  const index = sql`CAST(min(${failures}, ${DELAYS.length}) - 1 AS INTEGER)`
  const delay = sql`(${JSON.stringify(DELAYS)} ->> ${index})`

  const delayed = db
    .select({ until: signInBrakes.blockedUntil })
    .from(signInBrakes)
    .where(sql`${signInBrakes.key} = ${key}`)
  const counted = db
    .insert(signInBrakes)
    .select(sql`SELECT key, 1, ${at}, 0 FROM (SELECT ${key} AS key) WHERE key IS NOT NULL`)
    .onConflictDoUpdate({
      target: signInBrakes.key,
      set: { failures, lastFailedAt: now, blockedUntil: sql`iif(${delay} = 0, 0, ${at} + ${delay})` },
      setWhere: sql`${signInBrakes.blockedUntil} <= ${at}`,
    })
    .returning({ key: signInBrakes.key, failures: signInBrakes.failures })
  return { named: giveReference(db, sql`(${tried.account})`), delayed, counted }
}

/** Reads the answers of `delayed` and `counted`. Null where there was neither account nor name. */
export function readTry(
  delayed: readonly { until: Date }[],
  counted: readonly { key: string; failures: number }[],
): Attempt | null {
  if (counted[0]) return { admitted: true, ...counted[0] }
  return delayed[0] ? { admitted: false, until: delayed[0].until } : null
}

/** The first of two factors was right: its try does not count. The codes that were wrong before still do. */
export function uncountTry(db: Database, { key, failures }: { key: string; failures: number }) {
  return db
    .update(signInBrakes)
    .set({ failures: failures - 1, blockedUntil: new Date(0) })
    .where(and(eq(signInBrakes.key, key), eq(signInBrakes.failures, failures)))
}

/** A success wipes out what was counted where it happened; that of a code, also what the password before it took. */
export function forgetTries(db: Database, key: string | null, onlyIf: SQL) {
  const isCode = key?.startsWith(CODE_PREFIX) ?? false
  const ofPassword = isCode ? PASSWORD_PREFIX + key!.slice(CODE_PREFIX.length) : key
  return db.delete(signInBrakes).where(and(sql`${signInBrakes.key} IN (${key}, ${ofPassword})`, onlyIf))
}

/** Every count of tries at a password, in every browser, but none of those at the code. `candidate` is SQL for their ID. */
export function forgetAllTries(db: Database, candidate: SQL) {
  const browsers = db
    .select({ key: knownBrowsers.tokenHash })
    .from(knownBrowsers)
    .where(sql`${knownBrowsers.candidateId} = ${candidate}`)
  return db
    .delete(signInBrakes)
    .where(or(sql`${signInBrakes.key} = ${accountKey(candidate)}`, inArray(signInBrakes.key, browsers)))
}

/**
 * Tells the holder's log, once, that a delay began. For a name that is nobody's the database is asked as well, and
 * writes nothing.
 */
export async function noteDelay(
  db: Database,
  { candidateId, failures, device }: { candidateId: string | null; failures: number; device: string },
  now: Date,
): Promise<void> {
  if (delayAfter(failures) === 0) return
  const details = { failures, minutes: delayAfter(failures) / 60_000, device }
  const about = candidateId === null ? {} : { candidateId }
  const event = { action: 'sign-in.delayed', actor: 'nobody', ...about, details } as const
  const { before, after } = audited(db, event, now, sql`${candidateId} IS NOT NULL`)
  await db.batch([before, ...after])
}

export async function deleteOldTries(db: Database, now: Date): Promise<void> {
  await db
    .delete(signInBrakes)
    .where(lt(signInBrakes.lastFailedAt, new Date(now.getTime() - BRAKE_MEMORY_MS)))
}
