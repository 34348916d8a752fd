import { WorkflowEntrypoint, type WorkflowEvent, type WorkflowStep } from 'cloudflare:workers'
import { calendarDateIn } from '../core/calendar-date.ts'
import { openDatabase } from '../core/database.ts'
import { InstanceIsSpent, InstanceSteps, QUERIES_A_UNIT } from '../core/instance-steps.ts'
import { loadProgram } from '../program/queries.ts'
import { runPiece } from './run-piece.ts'
import { endRun } from './run-queries.ts'
import { handOnRun, type RunParams } from './start-runs.ts'

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
