import { WorkflowEntrypoint, type WorkflowEvent, type WorkflowStep } from 'cloudflare:workers'
import { keepAwards } from '../certifications/keep-awards.ts'
import { calendarDateIn } from '../core/calendar-date.ts'
import { openDatabase } from '../core/database.ts'
import { withoutParameters } from '../core/failure.ts'
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
import { CHUNK_BYTES, importChunk } from './import-chunk.ts'
import { findSequences } from './manifest-queries.ts'
import { noteMembers } from './member-queries.ts'
import { type OpenedDelivery, openMembers } from './open-members.ts'
import { membersPrefix, type OpenTable } from './open-table.ts'
import { isRefusedWhole } from './quarantine-queries.ts'
import { replayQuarantine } from './replay-quarantine.ts'
import { stageChunk } from './stage-chunk.ts'
import { markContradictions, sweepStagedRows } from './staging-queries.ts'
import { type ImportParams, startNextDelivery } from './start-deliveries.ts'
import { weighRun } from './weigh-run.ts'

export type Steps = ReturnType<typeof quietSteps>
type Position = OpenTable['start']

/** Deleted at once: far below the 30 seconds that one statement may take. */
const SWEPT_AT_ONCE = 50_000

/** Of a thousand rows each; the trigger goes on with what is left. */
const MOST_REPLAYS = 200

/**
 * One run of a delivery, from its bytes to awards and mail: its members are opened, every row is staged, the whole is
 * weighed, and only then applied, piece by piece. Every step may run again, and does nothing then that it did before.
 */
export class ImportWorkflow extends WorkflowEntrypoint<Env, ImportParams> {
  override async run({ payload }: WorkflowEvent<ImportParams>, engine: WorkflowStep): Promise<void> {
    const step = quietSteps(engine)
    const at = new Date(payload.at)
    const delivery = await step.do('find', () => this.#find(payload.deliveryId))
    if (!delivery) return

    const end = await this.#import(delivery, step, at)
    await this.#sweep(delivery, step)
    await this.#settle(step, at)
    await step.do('delete members', () => deleteUnder(this.env.BUCKET, membersPrefix(delivery.objectKey)))
    await step.do('finish', () => finishDelivery(this.#db, delivery.id, end))
    await step.do('hand over mail', () => handOverOwedMail(this.env, at))
    await step.do('start next', () => startNextDelivery(this.env, delivery.feed, at))
  }

  get #db() {
    return openDatabase(this.env.DB)
  }

  async #find(id: string) {
    const delivery = await findDelivery(this.#db, id)
    return delivery?.state === 'importing' ? delivery : null
  }

  async #import(delivery: Delivery, step: Steps, at: Date): Promise<DeliveryEnd> {
    const opened = await openMembers(this.env, delivery, step)
    if (!opened.ok) return { state: 'failed', failure: opened.refusal }
    await step.do('note members', () => this.#note(delivery, opened.value, at))

    await this.#stage(delivery, opened.value, step)
    const brakes = await step.do('weigh', async () => {
      await markContradictions(this.#db, delivery.id)
      return weighRun(this.#db, delivery, opened.value)
    })
    if (brakes.length > 0 && delivery.passedBy === null) return { state: 'needs_review', brakes }

    for (const table of opened.value.tables)
      await this.#pieceByPiece(table, (from) =>
        step.do(`table ${table.number} at ${from.offset}`, () =>
          importChunk(this.env, delivery, table, from, at),
        ),
      )
    const { staged, applied, isRefused } = await step.do('balance', async () => ({
      ...(await balanceOf(this.#db, delivery)),
      isRefused: await isRefusedWhole(this.#db, delivery.id),
    }))
    if (staged !== applied)
      return { state: 'failed', failure: `${staged} rows were staged, and ${applied} are accounted for` }
    return { state: isRefused || opened.value.refused.length > 0 ? 'needs_review' : 'imported' }
  }

  async #note(delivery: Delivery, opened: OpenedDelivery, at: Date): Promise<void> {
    const said = opened.manifest?.said
    const missing = said?.ok
      ? missingBefore(said.value.sequence, await findSequences(this.#db, delivery, said.value.sequence))
      : 0
    await noteMembers(this.#db, delivery.id, opened, at, missing)
  }

  /** Whoever else is brought by the same delivery is known by then: tables of people come first. */
  async #stage(delivery: Delivery, { tables }: OpenedDelivery, step: Steps): Promise<void> {
    const people = tables.filter(({ layout }) => layout.kind === 'candidate').map(({ number }) => number)
    for (const table of tables)
      await this.#pieceByPiece(table, (from) =>
        step.do(`stage ${table.number} at ${from.offset}`, () =>
          stageChunk(this.env, delivery, table, from, CHUNK_BYTES, people),
        ),
      )
  }

  async #pieceByPiece(table: OpenTable, work: (from: Position) => Promise<Position>): Promise<void> {
    let position = table.start
    while (position.offset < table.bytes) position = await work(position)
  }

  async #sweep({ id }: Delivery, step: Steps): Promise<void> {
    for (let round = 1, swept = SWEPT_AT_ONCE; swept === SWEPT_AT_ONCE; round += 1)
      swept = await step.do(`sweep ${round}`, () => sweepStagedRows(this.#db, id, SWEPT_AT_ONCE))
  }

  /** Rows that waited for what has just come, and the awards that follow from all of it. */
  async #settle(step: Steps, at: Date): Promise<void> {
    for (let round = 1, replayed = 1; replayed > 0 && round <= MOST_REPLAYS; round += 1)
      replayed = await step.do(`replay ${round}`, () => replayQuarantine(this.#db, at))

    const today = await step.do('today', async () => {
      const { settings } = await loadProgram(this.#db)
      return calendarDateIn(settings.timeZone, at)
    })
    for (let round = 1, kept = 1; kept > 0; round += 1)
      kept = await step.do(`awards ${round}`, () => keepAwards(this.#db, today, at))
  }
}

/** Steps whose failures the engine may keep and show. */
function quietSteps(step: WorkflowStep) {
  return {
    do: <Answer extends Rpc.Serializable<Answer>>(name: string, work: () => Promise<Answer>) =>
      step.do(name, () => withoutParameters(work)),
  }
}
