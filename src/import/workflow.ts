import { WorkflowEntrypoint, type WorkflowEvent, type WorkflowStep } from 'cloudflare:workers'
import { keepAwards } from '../certifications/keep-awards.ts'
import { calendarDateIn } from '../core/calendar-date.ts'
import { openDatabase } from '../core/database.ts'
import { InstanceIsSpent, InstanceSteps } from '../core/instance-steps.ts'
import { ok } from '../core/result.ts'
import { handOverOwedMail } from '../mail/hand-over.ts'
import { deleteUnder } from '../privacy/objects.ts'
import { loadProgram } from '../program/queries.ts'
import { missingBefore } from './check-manifest.ts'
import {
  balanceOf,
  type Delivery,
  type DeliveryEnd,
  findDelivery,
  finishDelivery,
} from './delivery-queries.ts'
import { importChunk } from './import-chunk.ts'
import { findSequences } from './manifest-queries.ts'
import { noteMembers } from './member-queries.ts'
import { type OpenedDelivery, openMembers } from './open-members.ts'
import { membersPrefix } from './open-table.ts'
import { isRefusedWhole } from './quarantine-queries.ts'
import { replayRound } from './replay-quarantine.ts'
import { listAppliedTo } from './resume-queries.ts'
import { pieceByPiece, stageTables } from './stage-tables.ts'
import { markContradictions, sweepDigests, sweepStagedRows } from './staging-queries.ts'
import { handOn, type ImportParams, type Reached, startNextDelivery } from './start-deliveries.ts'
import { weighRun } from './weigh-run.ts'

/** Deleted at once: far below the 30 seconds that one statement may take. */
const SWEPT_AT_ONCE = 50_000
const REPLAYED_AT_ONCE = 1000

/**
 * One run of a delivery, from its bytes to awards and mail: its members are opened, every row is staged, the whole is
 * weighed, and only then applied, piece by piece. Every step may run again, and does nothing then that it did before.
 * A run that is too much for one instance is gone on with by the next.
 */
export class ImportWorkflow extends WorkflowEntrypoint<Env, ImportParams> {
  override async run(
    { payload, instanceId }: WorkflowEvent<ImportParams>,
    engine: WorkflowStep,
  ): Promise<void> {
    const step = new InstanceSteps(engine)
    const delivery = await step.do('find', () => this.#find(payload.deliveryId))
    if (!delivery) return

    const progress = { reached: payload.reached ?? { phase: 'opening' as const } }
    try {
      await this.#goOn(delivery, step, new Date(payload.at), progress)
    } catch (error) {
      if (!(error instanceof InstanceIsSpent)) throw error
      await step.do('hand on', () => handOn(this.env, instanceId, { ...payload, ...progress }))
    }
  }

  get #db() {
    return openDatabase(this.env.DB)
  }

  async #find(id: string) {
    const delivery = await findDelivery(this.#db, id)
    return delivery?.state === 'importing' ? delivery : null
  }

  async #goOn(delivery: Delivery, step: InstanceSteps, at: Date, progress: Progress): Promise<void> {
    const end =
      progress.reached.phase === 'settling'
        ? progress.reached.end
        : await this.#import(delivery, step, at, progress)
    progress.reached = { phase: 'settling', end }
    await this.#sweep(delivery, step)
    await this.#settle(step, at)
    await step.do('delete members', () => deleteUnder(this.env.BUCKET, membersPrefix(delivery.objectKey)))
    await step.do('finish', () => finishDelivery(this.#db, delivery.id, end))
    await step.do('hand over mail', () => handOverOwedMail(this.env, at))
    await step.do('start next', () => startNextDelivery(this.env, delivery.feed, at))
  }

  async #import(delivery: Delivery, step: InstanceSteps, at: Date, progress: Progress): Promise<DeliveryEnd> {
    const opened = await this.#open(delivery, step, at, progress.reached)
    if (!opened.ok) return { state: 'failed', failure: opened.refusal }

    if (progress.reached.phase !== 'applying') {
      await this.#stage(delivery, opened.value, step, progress)
      const brakes = await step.do('weigh', async () => {
        await markContradictions(this.#db, delivery.id)
        return weighRun(this.#db, delivery, opened.value)
      })
      if (brakes.length > 0 && delivery.passedBy === null) return { state: 'needs_review', brakes }
    }
    await this.#apply(delivery, opened.value, step, at, progress)
    return this.#balance(delivery, opened.value, step)
  }

  async #open(delivery: Delivery, step: InstanceSteps, at: Date, reached: Reached) {
    if ('opened' in reached && reached.opened) return ok(reached.opened)
    const opened = await openMembers(this.env, delivery, step)
    if (opened.ok) await step.do('note members', () => this.#note(delivery, opened.value, at))
    return opened
  }

  async #note(delivery: Delivery, opened: OpenedDelivery, at: Date): Promise<void> {
    const said = opened.manifest?.said
    const missing = said?.ok
      ? missingBefore(said.value.sequence, await findSequences(this.#db, delivery, said.value.sequence))
      : 0
    await noteMembers(this.#db, delivery.id, opened, at, missing)
  }

  async #stage(delivery: Delivery, opened: OpenedDelivery, step: InstanceSteps, progress: Progress) {
    const { reached } = progress
    const staging = { phase: 'staging' as const, opened }
    progress.reached = staging
    await stageTables({
      env: this.env,
      delivery,
      tables: opened.tables,
      step,
      isGoneOn: reached.phase === 'staging',
      compared: (reached.phase === 'staging' && reached.compared) || null,
      onCompared: (compared) => {
        progress.reached = { ...staging, compared }
      },
    })
  }

  async #apply(
    delivery: Delivery,
    opened: OpenedDelivery,
    step: InstanceSteps,
    at: Date,
    progress: Progress,
  ): Promise<void> {
    const appliedTo =
      progress.reached.phase === 'applying'
        ? await step.do('applied so far', () => listAppliedTo(this.#db, delivery))
        : {}
    progress.reached = { phase: 'applying', opened }
    for (const table of opened.tables)
      await pieceByPiece(table, appliedTo[table.member], (from) =>
        step.unit(`table ${table.number} at ${from.offset}`, () =>
          importChunk(this.env, delivery, table, from, at),
        ),
      )
  }

  async #balance(delivery: Delivery, { refused }: OpenedDelivery, step: InstanceSteps): Promise<DeliveryEnd> {
    const { staged, applied, isRefused } = await step.do('balance', async () => ({
      ...(await balanceOf(this.#db, delivery)),
      isRefused: await isRefusedWhole(this.#db, delivery.id),
    }))
    if (staged !== applied)
      return { state: 'failed', failure: `${staged} rows were staged, and ${applied} are accounted for` }
    return { state: isRefused || refused.length > 0 ? 'needs_review' : 'imported' }
  }

  async #sweep(delivery: Delivery, step: InstanceSteps): Promise<void> {
    await step.do('sweep digests', () => sweepDigests(this.#db, delivery))
    for (let round = 1, swept = SWEPT_AT_ONCE; swept === SWEPT_AT_ONCE; round += 1)
      swept = await step.unit(`sweep ${round}`, () => sweepStagedRows(this.#db, delivery.id, SWEPT_AT_ONCE))
  }

  /** Rows that waited for what has just come, and the awards that follow from all of it. */
  async #settle(step: InstanceSteps, at: Date): Promise<void> {
    for (let round = 1, replayed = 1; replayed > 0; round += 1) {
      const tried = await step.units(`replay ${round}`, (most) =>
        replayRound(this.#db, at, REPLAYED_AT_ONCE, most),
      )
      replayed = tried.rows
    }

    const today = await step.do('today', async () => {
      const { settings } = await loadProgram(this.#db)
      return calendarDateIn(settings.timeZone, at)
    })
    for (let round = 1, kept = 1; kept > 0; round += 1)
      kept = await step.unit(`awards ${round}`, () => keepAwards(this.#db, today, at))
  }
}

/** How far the run got, for the instance that goes on with it. */
type Progress = { reached: Reached }
