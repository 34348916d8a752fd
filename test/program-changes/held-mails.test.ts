import { env } from 'cloudflare:workers'
import { eq, sql } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { keepAwards } from '../../src/certifications/keep-awards.ts'
import { openDatabase } from '../../src/core/database.ts'
import { releaseHeldMails } from '../../src/program-changes/mail-queries.ts'
import { runPiece } from '../../src/program-changes/run-piece.ts'
import { lookAfterProgram } from '../../src/program-changes/start-runs.ts'
import * as schema from '../../src/schema.ts'
import {
  bumpRevision,
  givenManyPasses,
  givenPass,
  NOW,
  setValidity,
  TODAY,
} from '../certifications/given-passes.ts'
import { deliver, recordingMailer } from '../mail/given-mail.ts'
import { db, givenProgram } from '../support/builders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { givenStaff, post, signedInStaff } from '../support/requests.ts'
import { givenHolders } from './given-change.ts'

beforeEach(async () => {
  await givenProgram()
})

/** A run over everybody, whose mails are let go. */
async function runAndRelease() {
  const [run] = await db
    .insert(schema.programRuns)
    .values({ kind: 'evaluation', state: 'running', total: 3, mails: 'held', owedAt: NOW, movedAt: NOW })
    .returning()
  await runPiece(db, run!.id, { today: TODAY, now: NOW })
  await db.update(schema.programRuns).set({ state: 'done', finishedAt: NOW, mails: 'released' })
  await releaseHeldMails(db, 500, NOW)
  return db.select().from(schema.mailOutbox).orderBy(schema.mailOutbox.candidateId)
}

/** What is sent of a mail, and what is written down where nothing is. */
async function sent({ id }: { id: number }) {
  const mailer = recordingMailer()
  await deliver([id], mailer)
  const [row] = await db.select().from(schema.mailOutbox).where(eq(schema.mailOutbox.id, id))
  return mailer.sent[0]?.text ?? row!.lastError
}

const lasting = (months: number) =>
  givenProgram((program) => {
    program.settings.awardValidityMonths = months
  })

describe('a mail about a change', () => {
  test('asks nothing of those whose certifications last longer', async () => {
    await givenHolders()
    await lasting(48)
    const text = await sent((await runAndRelease())[0]!)

    expect(text).toContain('It expires later: 4 May 2028 instead of 4 May 2027')
    expect(text).toContain('You do not need to do anything.')
  })

  test('says what is lost, and does not say that there is nothing to do', async () => {
    const { ada, eve, zoe } = await givenHolders()
    await lasting(24)
    const mails = await runAndRelease()

    // Eve's had expired before, and stays so.
    expect(mails.map(({ candidateId }) => candidateId)).toEqual([ada.id, zoe.id].sort())
    expect(mails.map(({ candidateId }) => candidateId)).not.toContain(eve.id)
    const text = await sent(mails.find(({ candidateId }) => candidateId === ada.id)!)
    expect(text).toContain('It is not active any more: it has expired on 4 May 2026, instead of 4 May 2027')
    expect(text).not.toContain('You do not need to do anything')
  })
})

describe('what is not so any more when a mail is sent', () => {
  test.each([
    ['revoked', { revokedOn: TODAY }],
    ['suspended', { suspendedOn: TODAY }],
    ['renewed', { expiresOn: '2031-01-01' }],
    ['dated otherwise', { awardedOn: '2024-05-05' }],
  ])('is not told of, and a mail that has nothing else to say is not sent: %s', async (_, change) => {
    const { ada, zoe } = await givenHolders()
    await lasting(48)
    const mails = await runAndRelease()
    await db.update(schema.awards).set(change).where(eq(schema.awards.candidateId, ada.id))

    expect(await sent(mails.find(({ candidateId }) => candidateId === ada.id)!)).toBe('no longer so')
    expect(await sent(mails.find(({ candidateId }) => candidateId === zoe.id)!)).toContain('It expires later')
  })

  test('leaves the rest of the mail', async () => {
    const { ada } = await givenHolders()
    await givenPass(ada, 'JNCIA-SEC', '2024-05-04')
    await keepAwards(db, TODAY, NOW)
    await db.delete(schema.mailOutbox)
    await lasting(48)
    const mail = (await runAndRelease()).find(({ candidateId }) => candidateId === ada.id)!
    await db
      .update(schema.awards)
      .set({ revokedOn: TODAY })
      .where(eq(schema.awards.certification, 'JNCIA-SEC'))

    const text = await sent(mail)

    expect(text?.match(/It expires later/g)).toHaveLength(1)
  })

  test('is told of what was lost for as long as it is', async () => {
    const { ada } = await givenHolders()
    const [result] = await db.select().from(schema.results).where(eq(schema.results.candidateId, ada.id))
    await setValidity(ada, result!, 'revoked')
    // As if the run had found it out, and not the import.
    await db.update(schema.candidates).set({ evaluatedRevision: sql`revision` })
    const [mail] = await runAndRelease()
    expect(await sent(mail!)).toContain('It does not count any more')

    await db.update(schema.mailOutbox).set({ sentAt: null, attempts: 0 })
    await db.update(schema.awards).set({ suspendedOn: null })
    await bumpRevision(ada)
    expect(await sent(mail!)).toBe('no longer so')
  })
})

describe('of very many', () => {
  async function givenHeldMails(fate: 'released' | 'discarded' | 'held', first: number, count: number) {
    const [run] = await db
      .insert(schema.programRuns)
      .values({
        kind: 'evaluation',
        state: 'done',
        total: count,
        mails: fate,
        mailsWritten: count,
        owedAt: NOW,
        movedAt: NOW,
        finishedAt: NOW,
      })
      .returning()
    await db.run(sql`
      INSERT INTO held_mails (run_id, candidate_id, payload)
      SELECT ${run!.id}, 'MANY' || value, '{"effects":[]}'
      FROM json_each(${JSON.stringify(Array.from({ length: count }, (_, n) => first + n))})`)
    return run!.id
  }

  test('a part costs as much as of few', async () => {
    await givenManyPasses(2000)
    const cost = async () => {
      const metered = countedDatabase(env.DB)
      await releaseHeldMails(openDatabase(metered.d1), 50, NOW)
      return metered.cost.rowsRead
    }
    await givenHeldMails('released', 0, 100)
    const few = await cost()
    await cost()
    await givenHeldMails('released', 100, 1900)

    expect(await cost()).toBeLessThan(few + 20)
  })

  test('those that are discarded go part by part, and nobody else’s', async () => {
    await givenManyPasses(1300)
    const id = await givenHeldMails('held', 0, 1200)
    await givenHeldMails('held', 1200, 100)
    const headers = await signedInStaff(await givenStaff('catalogue'))

    await post(`/staff/program/runs/${id}/mails`, { to: 'discarded' }, { headers })
    expect(await db.$count(schema.heldMails, eq(schema.heldMails.runId, id))).toBe(700)

    await lookAfterProgram(env, NOW)
    expect(await db.$count(schema.heldMails, eq(schema.heldMails.runId, id))).toBe(0)
    expect(await db.$count(schema.heldMails)).toBe(100)
    expect(await db.$count(schema.mailOutbox)).toBe(0)
  })
})
