import { WorkflowEntrypoint, type WorkflowEvent, type WorkflowStep } from 'cloudflare:workers'
import { calendarDateIn } from '../core/calendar-date.ts'
import { openDatabase } from '../core/database.ts'
import { InstanceIsSpent, InstanceSteps, QUERIES_A_UNIT } from '../core/instance-steps.ts'
import { loadProgram } from '../program/queries.ts'
import { runPiece } from './run-piece.ts'
import { endRun } from './run-queries.ts'
import { handOnRun, type RunParams } from './start-runs.ts'

/**
 * A local runtime, where D1 is in the same process, looks at its sockets only when no work is left: without a breath between
 * pieces no page would be answered, and no progress seen, until a run of many minutes ends.
 */
const BREATH_MS = 1

/** Everybody, evaluated by the rules, piece by piece; what is too much for one instance is gone on with by the next. */
export class ProgramRunWorkflow extends WorkflowEntrypoint<Env, RunParams> {
  override async run({ payload }: WorkflowEvent<RunParams>, engine: WorkflowStep): Promise<void> {
    const step = new InstanceSteps(engine)
    const db = openDatabase(this.env.DB)
    const now = new Date(payload.at)
    const today = await step.do('today', async () => {
      const { settings } = await loadProgram(db)
      return calendarDateIn(settings.timeZone, now)
    })
    try {
      for (let piece = 1, isMore = true; isMore; piece += 1)
        ({ isMore } = await step.units(`piece ${piece}`, async () => {
          await scheduler.wait(BREATH_MS)
          const { statements, ...done } = await runPiece(db, payload.runId, { today, now })
          return { ...done, units: Math.ceil(statements / QUERIES_A_UNIT) }
        }))
    } catch (error) {
      if (!(error instanceof InstanceIsSpent)) throw error
      await step.do('hand on', () => handOnRun(this.env, payload))
      return
    }
    await step.do('end', () => endRun(db, { id: payload.runId, attempt: payload.attempt }, 'done'))
  }
}
