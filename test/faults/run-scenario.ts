import { applyD1Migrations, createMessageBatch, introspectWorkflow, reset } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { runImportTick } from '../../src/import/tick.ts'
import { deliverMail } from '../../src/mail/deliver.ts'
import type { MailMessage } from '../../src/mail/hand-over.ts'
import { givenProgram } from '../support/builders.ts'
import { send } from '../support/requests.ts'
import { type EndState, endStateOf } from './end-state.ts'
import { type Fault, type Planted, plant } from './faulty-bindings.ts'
import { INSERT_SECOND_FEED, type ScenarioFile } from './scenario.ts'

const TICK_MS = 5 * 60_000
/** A fault takes some ticks to get over, but not for ever. */
const MOST_TICKS = 40
/** As many letters are really written and sent. */
const LETTERS = 30

// The record itself, past whatever fault is planted.
const { DB: record, BUCKET: bucket, IMPORT_WORKFLOW: workflow } = env

export type Ended = { state: EndState; letters: string[] } & Omit<Planted, 'remove'>
/** How a run goes on: how many ticks come at once. */
type Manner = { waves: ScenarioFile[][]; faults?: readonly Fault[]; ticksAtOnce?: number }

/** Imports files in waves into an empty record, gets over the faults as production would, and says how it ended. */
export async function runScenario({ waves, faults = [], ticksAtOnce = 1 }: Manner): Promise<Ended> {
  await applyD1Migrations(record, env.TEST_MIGRATIONS)
  await givenProgram()
  await record.prepare(INSERT_SECOND_FEED).run()
  const { remove, ...planted } = plant(faults)
  try {
    // The API has no other clock than the machine's.
    let now = Date.now()
    for (const files of waves) {
      await deliverAll(files)
      now = await tickUntilDone(now, ticksAtOnce)
    }
    const letters = await sendLetters(planted.queued as MailMessage[], now)
    return { state: await endStateOf(record), letters, ...planted }
  } finally {
    remove()
    await reset()
  }
}

/** The first by the API, sent again by its vendor until it is taken; the others into the inbox. */
async function deliverAll([first, ...others]: ScenarioFile[]): Promise<void> {
  for (const { feed, name, text } of others) await bucket.put(`inbox/${feed}/${name}`, text)
  const { feed, name, text } = first!
  for (let attempt = 1; attempt <= MOST_TICKS; attempt += 1) {
    const { status } = await send(`/api/v1/feeds/${feed}/deliveries/${name}`, {
      method: 'PUT',
      headers: {
        authorization: `Bearer ${env.FEED_TOKEN}`,
        'content-type': 'text/tab-separated-values',
        'content-length': String(new TextEncoder().encode(text).length),
      },
      body: text,
    })
    if (status === 200 || status === 201) return
  }
  throw new Error(`${name} was refused again and again`)
}

async function tickUntilDone(from: number, ticksAtOnce: number): Promise<number> {
  await using workflows = await introspectWorkflow(workflow)
  await workflows.modifyAll(async (instance) => {
    await instance.disableSleeps()
    await instance.disableRetryDelays()
  })
  let now = from
  for (let turn = 0; turn < MOST_TICKS; turn += 1) {
    const at = new Date(now)
    // A tick that fails is followed by the next.
    await Promise.allSettled(Array.from({ length: ticksAtOnce }, () => runImportTick(env, at)))
    await untilNothingRuns()
    now += TICK_MS
    if (await isDone()) return now
  }
  throw new Error('the import did not come to an end')
}

/** Until every instance that a delivery has was ended, well or badly, by its engine. */
async function untilNothingRuns(): Promise<void> {
  for (;;) {
    const { results } = await record
      .prepare("SELECT instance_id AS id FROM deliveries WHERE state = 'importing'")
      .all<{ id: string }>()
    const states = await Promise.all(results.map(({ id }) => statusOf(id)))
    if (!states.some((status) => status === 'running' || status === 'queued' || status === 'waiting')) return
    await scheduler.wait(20)
  }
}

async function statusOf(instance: string): Promise<string> {
  try {
    return (await (await workflow.get(instance)).status()).status
  } catch {
    return 'never began'
  }
}

async function isDone(): Promise<boolean> {
  const left = await record
    .prepare(
      `SELECT (SELECT count(*) FROM deliveries WHERE state IN ('received', 'importing'))
         + (SELECT count(*) FROM candidates WHERE revision <> evaluated_revision)
         + (SELECT count(*) FROM mail_outbox WHERE queued_at IS NULL OR send_after <= queued_at) AS n`,
    )
    .first<{ n: number }>()
  return left!.n === 0 && (await bucket.list({ prefix: 'inbox/' })).objects.length === 0
}

/** Sends some of what was queued, as often as the queue would bring it, and answers which mails count as sent. */
async function sendLetters(queued: readonly MailMessage[], now: number): Promise<string[]> {
  const chosen = await chosenMails()
  let waiting = queued.filter(({ mailId }) => chosen.has(mailId)).map((body) => ({ body, attempts: 1 }))
  for (let turn = 1; turn <= MOST_TICKS && waiting.length > 0; turn += 1) {
    const messages = waiting.map((one, n) => ({ id: `${n}`, timestamp: new Date(now), ...one }))
    const batch = createMessageBatch<MailMessage>('testamur-mail', messages)
    const delivered = await deliverMail(batch, env, new Date(now + turn * 24 * 3_600_000)).then(
      () => true,
      () => false,
    )
    const unsent = await unsentMails()
    waiting = waiting
      .filter(({ body }) => !delivered || unsent.has(body.mailId))
      .map(({ body, attempts }) => ({ body, attempts: attempts + 1 }))
  }
  const { results } = await record
    .prepare('SELECT dedupe_key AS "key" FROM mail_outbox WHERE sent_at IS NOT NULL')
    .all<{ key: string }>()
  return results.map(({ key }) => key).sort()
}

async function chosenMails(): Promise<Set<number>> {
  const { results } = await record
    .prepare(`SELECT id FROM mail_outbox WHERE template = 'welcome' ORDER BY dedupe_key LIMIT ${LETTERS}`)
    .all<{ id: number }>()
  return new Set(results.map(({ id }) => id))
}

async function unsentMails(): Promise<Set<number>> {
  const { results } = await record
    .prepare('SELECT id FROM mail_outbox WHERE sent_at IS NULL AND given_up_at IS NULL')
    .all<{ id: number }>()
  return new Set(results.map(({ id }) => id))
}
