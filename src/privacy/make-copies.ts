import { calendarDateIn } from '../core/calendar-date.ts'
import { openDatabase } from '../core/database.ts'
import { causeOf } from '../core/failure.ts'
import { randomToken } from '../core/tokens.ts'
import { translator } from '../i18n/messages.ts'
import { handOverOwedMail } from '../mail/hand-over.ts'
import { loadProgram } from '../program/queries.ts'
import { claimCopy, finishCopy, listSpentCopies, listUnknownCopies, markGone } from './copy-queries.ts'
import { deleteAll, deleteUnder } from './objects.ts'
import { packRecord } from './record-archive.ts'
import { loadRecord } from './record-queries.ts'
import { copyExpiresAt } from './rules.ts'

type Bindings = Pick<Env, 'DB' | 'BUCKET' | 'MAIL_QUEUE' | 'URGENT_MAIL_QUEUE' | 'PUBLIC_ORIGIN'>

/** The next tick goes on. */
const MOST_COPIES = 20
const COPIES = 'data-exports/'
/** A download that began may still be under way for so long. */
const STREAMING_MS = 3_600_000
/** An object that no row knows of after this long was left by a run that was killed. */
const ORPHANED_MS = 3_600_000
const SPENT_PER_RUN = 500

/** Makes the copies that people asked for and that nobody makes already, and takes away those that are spent. */
export async function makeDataExports(env: Bindings, now: Date): Promise<void> {
  await deleteSpentCopies(env, now)
  const failures: unknown[] = []
  for (let made = 0; made < MOST_COPIES; made += 1) {
    try {
      if (!(await makeDataExport(env, now))) break
    } catch (error) {
      failures.push(error)
    }
  }
  if (failures.length > 0) throw new AggregateError(failures, failures.map(causeOf).join('; '))
}

/**
 * Makes the copy of this id, or that which waits longest; answers whether there was one to make. A run that is killed
 * leaves a claim that lapses, and perhaps an object that no row knows of, which is deleted.
 */
export async function makeDataExport(env: Bindings, now: Date, id: number | null = null): Promise<boolean> {
  const db = openDatabase(env.DB)
  const claimed = await claimCopy(db, now, id)
  if (!claimed) return false

  const program = await loadProgram(db)
  const record = await loadRecord(db, claimed.candidateId, now)
  const t = translator(record.profile.language)
  const zip = await packRecord(t, program, record)
  const objectKey = `${COPIES}${randomToken()}`
  await env.BUCKET.put(objectKey, zip, { httpMetadata: { contentType: 'application/zip' } })
  const expiresOn = calendarDateIn(program.settings.timeZone, copyExpiresAt(now))
  const isFinished = await finishCopy(db, { ...claimed, objectKey, bytes: zip.length, expiresOn }, now)
  if (isFinished) await handOverOwedMail(env, now)
  else await env.BUCKET.delete(objectKey)
  return true
}

async function deleteSpentCopies({ DB, BUCKET }: Bindings, now: Date): Promise<void> {
  const db = openDatabase(DB)
  const spent = await listSpentCopies(db, now, new Date(now.getTime() - STREAMING_MS), SPENT_PER_RUN)
  if (spent.length > 0) {
    await deleteAll(
      BUCKET,
      spent.flatMap(({ objectKey }) => objectKey ?? []),
    )
    await markGone(
      db,
      spent.map((copy) => copy.id),
      now,
    )
  }
  await deleteUnder(BUCKET, COPIES, async (objects) => {
    const old = objects.filter(({ uploaded }) => now.getTime() - uploaded.getTime() > ORPHANED_MS)
    if (old.length === 0) return []
    const unknown = new Set(
      await listUnknownCopies(
        db,
        old.map(({ key }) => key),
      ),
    )
    return old.filter(({ key }) => unknown.has(key))
  })
}
