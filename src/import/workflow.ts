import { WorkflowEntrypoint, type WorkflowEvent, type WorkflowStep } from 'cloudflare:workers'
import { keepAwards } from '../certifications/keep-awards.ts'
import { calendarDateIn } from '../core/calendar-date.ts'
import { openDatabase } from '../core/database.ts'
import { withoutParameters } from '../core/failure.ts'
import { handOverOwedMail } from '../mail/hand-over.ts'
import { loadProgram } from '../program/queries.ts'
import { loadingOrder } from './columns.ts'
import { type Delivery, findDelivery, finishDelivery } from './delivery-queries.ts'
import { importChunk } from './import-chunk.ts'
import { memberNote, openDelivery } from './open-delivery.ts'
import { type OpenTable, openTable, type TableSource } from './open-table.ts'
import { keepRows } from './quarantine-queries.ts'
import { replayQuarantine } from './replay-quarantine.ts'
import { runTogether } from './row-queries.ts'
import { type ImportParams, startNextDelivery } from './start-deliveries.ts'

type Found = { tables: OpenTable[]; notes: { member: string; message: string; waits: boolean }[] }
type Numbered = OpenTable & { number: number }
type Steps = ReturnType<typeof quietSteps>
type End = { state: 'imported' | 'needs_review' } | { state: 'failed'; failure: string }

/**
 * One delivery from its bytes to awards and mail. Every step may run again, and does nothing then that it did
 * before; nothing is applied before all tables of the delivery are known to be readable.
 */
export class ImportWorkflow extends WorkflowEntrypoint<Env, ImportParams> {
  override async run({ payload }: WorkflowEvent<ImportParams>, engine: WorkflowStep): Promise<void> {
    const step = quietSteps(engine)
    const at = new Date(payload.at)
    const delivery = await step.do('find', () => this.#find(payload.deliveryId))
    if (!delivery) return

    const end = await this.#import(delivery, step, at)
    await this.#settle(step, at)
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

  async #import(delivery: Delivery, step: Steps, at: Date): Promise<End> {
    const opened = await step.do('open', () => openDelivery(this.env.BUCKET, delivery))
    if (!opened.ok) return { state: 'failed', failure: opened.refusal }

    const { sources, refused } = opened.value
    const found: Found = { tables: [], notes: refused.map((note) => ({ ...note, waits: true })) }
    for (const source of sources) {
      const table = await step.do(`open member ${source.number}`, () =>
        openTable(this.env.BUCKET, delivery, source),
      )
      if (!table.ok) return { state: 'failed', failure: failureOf(source, table.refusal) }
      if (table.value) found.tables.push(table.value)
      else if (!source.inZip) return { state: 'failed', failure: 'is neither a ZIP nor a table that we know' }
      else
        found.notes.push({ member: source.member, message: 'is of no kind that is imported', waits: false })
    }
    await step.do('note members', () => this.#note(delivery, found, at))
    for (const [number, table] of found.tables.toSorted(byLoadingOrder).entries())
      await this.#importTable(delivery, { ...table, number }, step, at)
    return { state: found.notes.some(({ waits }) => waits) ? 'needs_review' : 'imported' }
  }

  /** Steps go by the table's number: a name may be longer than the name of a step. */
  async #importTable(
    delivery: Delivery,
    { number, ...table }: Numbered,
    step: Steps,
    at: Date,
  ): Promise<void> {
    let position = table.start
    while (position.offset < table.bytes) {
      const from = position
      position = await step.do(`table ${number} at ${from.offset}`, () =>
        importChunk(this.env, delivery, table, from, at),
      )
    }
  }

  async #note(delivery: Delivery, { notes }: Found, at: Date): Promise<void> {
    const statements = notes.flatMap(({ member, message, waits }) =>
      keepRows(this.#db, { deliveryId: delivery.id, member }, [memberNote(member, message, waits)], at),
    )
    await runTogether(this.#db, statements)
  }

  /** Rows that waited for what has just come, and the awards that follow from all of it. */
  async #settle(step: Steps, at: Date): Promise<void> {
    for (let round = 1, replayed = 1; replayed > 0; round += 1)
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

function failureOf({ inZip, member }: TableSource, refusal: string): string {
  return inZip ? `${member} ${refusal}` : refusal
}

function byLoadingOrder(one: OpenTable, other: OpenTable): number {
  return loadingOrder(one.layout.kind) - loadingOrder(other.layout.kind)
}
