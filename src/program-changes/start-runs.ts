import { calendarDateIn } from '../core/calendar-date.ts'
import { openDatabase } from '../core/database.ts'
import { loadProgram } from '../program/queries.ts'
import { deleteDiscardedMails, releaseHeldMails } from './mail-queries.ts'
import { beginVersions, claimRun, endRun, listOpenRuns } from './run-queries.ts'

export type RunParams = { runId: number; attempt: number; at: number }

type Bindings = Pick<Env, 'DB' | 'PROGRAM_WORKFLOW'>

/** A run that has not got on for so long is taken for dead. A second instance beside a slow first one does no harm. */
const STALLED_AFTER_MS = 5 * 60_000
/** So often a run may stop getting on before it is given up. */
const MOST_DEATHS = 5
const MAILS_AT_ONCE = 500
const MOST_ROUNDS = 20

/** The scheduler's part: versions begin, runs that are owed or died are started, mails are owed or go as was decided. */
export async function lookAfterProgram(env: Bindings, now: Date): Promise<void> {
  const db = openDatabase(env.DB)
  const { settings } = await loadProgram(db)
  await beginVersions(db, calendarDateIn(settings.timeZone, now), now)
  await startRuns(env, now)
  for (let round = 0; round < MOST_ROUNDS; round += 1)
    if ((await releaseHeldMails(db, MAILS_AT_ONCE, now)) === 0) break
  for (let round = 0; round < MOST_ROUNDS; round += 1)
    if ((await deleteDiscardedMails(db, MAILS_AT_ONCE)) === 0) break
}

export async function startRuns(env: Bindings, now: Date): Promise<void> {
  const db = openDatabase(env.DB)
  for (const { id, state, attempt, deaths, idleMs } of await listOpenRuns(db)) {
    const hasDied = state === 'running'
    if (hasDied && idleMs < STALLED_AFTER_MS) continue
    if (deaths >= MOST_DEATHS) await endRun(db, { id, attempt }, 'failed')
    else await startInstance(env, { id, attempt, hasDied }, now)
  }
}

/** Has a further instance go on with what this one has begun, unless another has taken it over. */
export function handOnRun(env: Bindings, { runId, attempt, at }: RunParams): Promise<void> {
  return startInstance(env, { id: runId, attempt }, new Date(at))
}

async function startInstance(
  env: Bindings,
  run: { id: number; attempt: number; hasDied?: boolean },
  now: Date,
): Promise<void> {
  if (!(await claimRun(openDatabase(env.DB), run))) return
  const params: RunParams = { runId: run.id, attempt: run.attempt + 1, at: now.getTime() }
  await env.PROGRAM_WORKFLOW.create({ id: `program-run-${run.id}-${params.attempt}`, params })
}
