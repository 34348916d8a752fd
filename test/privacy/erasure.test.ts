import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { clearDeliveries } from '../../src/privacy/clear-deliveries.ts'
import { closeAccounts } from '../../src/privacy/close-accounts.ts'
import { makeDataExports } from '../../src/privacy/make-copies.ts'
import { givenProgram } from '../support/builders.ts'
import { send } from '../support/requests.ts'
import { CLOSED, countRows, givenEverything, HER_STRINGS, NAME } from './everything.ts'
import { readTable, scan, tableNames } from './scan.ts'

// Several imports each, on a busy machine.
vi.setConfig({ testTimeout: 60_000 })

beforeEach(async () => {
  await givenProgram()
})

async function runJobs(now = CLOSED) {
  await closeAccounts(env, now)
  await clearDeliveries(env, now)
  await makeDataExports(env, now)
}

const counted = ['results', 'registrations', 'awards', 'result_versions', 'renewals'] as const
const counts = () => Promise.all(counted.map(countRows))

/** All rows that name a bystander, by table. */
async function bystanders() {
  const rows: Record<string, unknown[]> = {}
  for (const name of await tableNames()) {
    const named = (await readTable(name)).filter((row) => JSON.stringify(row).includes('JPR8800000'))
    if (named.length > 0) rows[name] = named
  }
  return rows
}

describe('a closed account', () => {
  test('leaves none of its strings in any table or object, and everything that counts', async () => {
    const { award, transcript, session } = await givenEverything({ keepsVerification: false })
    const before = { counts: await counts(), others: await bystanders() }
    const found = await scan(HER_STRINGS)
    for (const text of HER_STRINGS) expect(found.some((place) => place.endsWith(`: ${text}`))).toBe(true)

    await runJobs()

    expect(await scan(HER_STRINGS)).toEqual([])
    expect(await counts()).toEqual(before.counts)
    const { quarantined_rows, ...others } = await bystanders()
    const { quarantined_rows: waiting, ...same } = before.others
    expect(others).toEqual(same)
    expect(quarantined_rows).toEqual(
      waiting!
        .filter((row) => !JSON.stringify(row).includes('JPR77001234\\t'))
        .map((row) => ({
          ...(row as object),
          message: (row as { message: string }).message.replace(
            "registration is JPR77001234's",
            "registration is another's",
          ),
        })),
    )
    expect(await readTable('closed_candidates')).toHaveLength(2)
    // The number of the request may be another one's next.
    expect(await readTable('course_completions')).toMatchObject([{ course: 'JIR', request_id: null }])
    expect(await readTable('audit_log')).toContainEqual(expect.objectContaining({ action: 'account.closed' }))

    const unknown = await send('/verify/ZZZZZZZZZZZZZZZZ')
    const ended = await send(`/verify/${award.verificationCode}`)
    expect(ended.status).toBe(404)
    const codes = [award.verificationCode, 'ZZZZZZZZZZZZZZZZ'].map((code) => code.match(/.{4}/g)!.join('-'))
    expect((await ended.text()).replaceAll(codes[0]!, '').replaceAll(award.verificationCode, '')).toBe(
      (await unknown.text()).replaceAll(codes[1]!, '').replaceAll('ZZZZZZZZZZZZZZZZ', ''),
    )
    expect((await send(`/api/v1/certificates/${award.verificationCode}`)).status).toBe(404)
    expect((await send(transcript.path)).status).toBe(404)
    expect((await send(`/api/v1/transcripts/${transcript.token}`)).status).toBe(404)
    expect((await send('/profile', { headers: session })).status).toBe(303)
  })

  test('keeps the name, and that alone, where certificates go on being verified', async () => {
    const { award, transcript } = await givenEverything({ keepsVerification: true })

    await runJobs()

    const found = await scan(HER_STRINGS)
    expect(new Set(found.map((place) => place.split(': ')[0]))).toEqual(
      new Set(['candidates.full_name', 'candidates.searched_as']),
    )
    expect(await readTable('candidates')).toContainEqual(
      expect.objectContaining({
        full_name: NAME,
        given_name: '',
        family_name: '',
        company: null,
        birth_on: null,
      }),
    )
    const page = await send(`/verify/${award.verificationCode}`)
    expect(page.status).toBe(200)
    expect(await page.text()).toContain(NAME)
    expect((await send(`/api/v1/certificates/${award.verificationCode}`)).status).toBe(200)
    expect((await send(transcript.path)).status).toBe(404)
  })

  test('stays open until its time is up, and while somebody is being imported', async () => {
    await givenEverything({ keepsVerification: false })

    await runJobs(new Date(CLOSED.getTime() - 60_000))
    expect((await scan([NAME])).length).toBeGreaterThan(0)

    await env.DB.prepare("UPDATE deliveries SET state = 'importing' WHERE rowid = 1").run()
    await closeAccounts(env, CLOSED)
    expect(await readTable('candidates')).toContainEqual(expect.objectContaining({ full_name: NAME }))
  })
})
