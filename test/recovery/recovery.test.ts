import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { beforeEach, describe, expect, test } from 'vitest'
import { applyRecoveries, sweepRecoveries } from '../../src/recovery/apply.ts'
import { approveRecovery } from '../../src/recovery/approval-queries.ts'
import * as schema from '../../src/schema.ts'
import { addressesOf, askForLink, mailTo, newMail, open, press, queues } from '../addresses/mailbox.ts'
import { givenAccount } from '../sign-in/given.ts'
import {
  db,
  givenAward,
  givenCandidate,
  givenProgram,
  givenRegistration,
  givenResult,
  LONG_AGO,
} from '../support/builders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { givenStaff, ORIGIN, post, send, signedIn } from '../support/requests.ts'

const NEW = 'new@example.net'
const BORN = '1990-02-08'
const DAY_MS = 86_400_000
const inDays = (days: number) => new Date(Date.now() + days * DAY_MS)

beforeEach(async () => {
  await givenProgram()
})

type Ask = { candidateId: string; number?: string; birthOn?: string; email?: string }

const ask = (fields: Ask, bindings: Partial<Env> = {}) =>
  post('/lost-address', { number: '', birthOn: '', email: NEW, ...fields }, {}, { ...queues, ...bindings })

/** Asks, and follows the link that comes to the new address; answers the link. */
async function askAndConfirm(fields: Ask): Promise<string> {
  await ask(fields)
  const { link } = mailTo(fields.email ?? NEW, await newMail())
  await press(link!)
  return link!
}

const recoveryRows = () => db.select().from(schema.recoveries).orderBy(schema.recoveries.id)

async function givenProvable() {
  const ada = await givenAccount({ birthOn: BORN })
  const { registrationId } = await givenRegistration({ candidateId: ada.id })
  return { ada, fields: { candidateId: ada.id, number: registrationId, birthOn: BORN } }
}

/** A waiting recovery of the candidate, whose week ends at `effectiveAt`. */
async function givenWaiting(candidate: { id: string }, effectiveAt: Date, newAddress = NEW) {
  const [row] = await db
    .insert(schema.recoveries)
    .values({
      candidateId: candidate.id,
      newAddress,
      newNormalized: newAddress,
      proof: 'number_and_birth',
      askedAt: LONG_AGO,
      confirmedAt: LONG_AGO,
      effectiveAt,
    })
    .returning()
  return row!
}

describe('what is proof', () => {
  test('a registration, a result or a certification number, with the date of birth', async () => {
    const ada = await givenCandidate({ birthOn: BORN })
    const { registrationId } = await givenRegistration({ candidateId: ada.id })
    const result = await givenResult({ candidateId: ada.id })
    const { number } = await givenAward({ candidateId: ada.id })

    for (const [index, typed] of [
      registrationId,
      ` ${result.registrationId} `,
      number.toLowerCase(),
    ].entries())
      await ask({
        candidateId: ada.id.toLowerCase(),
        number: typed,
        birthOn: BORN,
        email: `new${index}@example.net`,
      })

    expect((await recoveryRows()).map(({ proof }) => proof)).toEqual(Array(3).fill('number_and_birth'))
  })

  test.each([
    ['no number', { number: '' }],
    ['a number of somebody else', { number: '999999999' }],
    ['no date of birth', { birthOn: '' }],
    ['another date of birth', { birthOn: '1990-08-02' }],
  ])('not with %s', async (_, wrong) => {
    const { fields } = await givenProvable()
    await givenRegistration({ candidateId: (await givenCandidate()).id, registrationId: '999999999' })

    await ask({ ...fields, ...wrong })

    expect(await recoveryRows()).toMatchObject([{ proof: 'none', candidateId: fields.candidateId }])
  })

  test('a number alone is none where the record has no date of birth', async () => {
    const ada = await givenCandidate()
    const { registrationId } = await givenRegistration({ candidateId: ada.id })

    await ask({ candidateId: ada.id, number: registrationId, birthOn: BORN })
    await ask({ candidateId: ada.id, number: registrationId, email: 'other@example.net' })

    expect((await recoveryRows()).map(({ proof }) => proof)).toEqual(['none', 'none'])
  })

  test('the sixth guess of a day proves nothing, be it right or not', async () => {
    const { fields } = await givenProvable()

    for (let n = 0; n < 6; n += 1)
      await ask({ ...fields, ...(n < 5 && { birthOn: '1991-01-01' }), email: `new${n}@example.net` })

    expect((await recoveryRows()).map(({ proof }) => proof)).toEqual(Array(6).fill('none'))
  })

  test('an ID that was merged into another counts as that one', async () => {
    const { ada, fields } = await givenProvable()
    await db
      .insert(schema.candidateAliases)
      .values({ aliasId: 'JPR77777777', candidateId: ada.id, fullName: 'Ada Byron', mergedAt: LONG_AGO })

    await ask({ ...fields, candidateId: 'JPR77777777' })

    expect(await recoveryRows()).toMatchObject([{ candidateId: ada.id, proof: 'number_and_birth' }])
  })
})

describe('asking', () => {
  test.each([
    ['candidateId', '', 'Enter your candidate ID'],
    ['candidateId', 'ada@example.org', 'Enter your candidate ID'],
    ['number', '1\u202E2', 'Enter the number as it is printed'],
    ['birthOn', '1990-02-30', 'Enter a date of birth'],
    ['birthOn', '2990-02-01', 'Enter a date of birth'],
    ['email', 'ada@@example.org', 'Enter a whole e-mail address'],
  ])('is refused with %s %j, and nothing is kept', async (field, value, message) => {
    const response = await ask({ candidateId: 'JPR00000001', [field]: value })

    expect(response.status).toBe(422)
    expect(await response.text()).toContain(message)
    expect(await recoveryRows()).toEqual([])
  })

  test('looks the same for the known and the unknown, before, in the mail and after', async () => {
    const { fields } = await givenProvable()
    const story = async (candidateId: string) => {
      const { d1, cost } = countedDatabase(env.DB)
      const asked = await ask({ ...fields, birthOn: '1991-01-01', candidateId }, { DB: d1 })
      const [mail] = await newMail()
      const first = await open(mail!.link!)
      await press(mail!.link!)
      const second = await open(mail!.link!)
      await db.delete(schema.mailOutbox)
      const same = (text: string) => text.replaceAll(mail!.link!, 'LINK')
      return {
        asked: [asked.status, asked.headers.get('location'), await asked.text()],
        before: cost.statements.slice(0, 3),
        mail: [mail!.subject, same(mail!.text.replace(mail!.link!, 'LINK'))],
        pages: [first.status, same(first.text), second.status, same(second.text)],
      }
    }

    const known = await story(fields.candidateId)
    const unknown = await story('JPR99999999')

    expect(known).toEqual(unknown)
    expect(known.pages[3]).toContain('Send a photo of an identity document')
    expect((await recoveryRows()).map(({ candidateId }) => candidateId)).toEqual([fields.candidateId, null])
  })

  test('is braked by network', async () => {
    const SIGN_IN_LIMITER = { limit: async () => ({ success: false }) } as unknown as RateLimit

    const response = await ask({ candidateId: 'JPR00000001' }, { SIGN_IN_LIMITER })

    expect(response.status).toBe(429)
    expect(await recoveryRows()).toEqual([])
  })

  test('one address gets three mails a day, whoever asks for it', async () => {
    const age = async () => {
      for (const { id, dedupeKey } of await db.select().from(schema.mailOutbox)) {
        const aged = dedupeKey.replace(/\d{13}$/, (at) => String(Number(at) - 11_000))
        await db.update(schema.mailOutbox).set({ dedupeKey: aged }).where(eq(schema.mailOutbox.id, id))
      }
    }

    await ask({ candidateId: 'JPR00000001' })
    await ask({ candidateId: 'JPR00000001' })
    const doubleClick = await recoveryRows()
    for (let n = 2; n < 6; n += 1) {
      await age()
      await ask({ candidateId: `JPR0000000${n}` })
    }

    expect(doubleClick).toHaveLength(1)
    expect(await recoveryRows()).toHaveLength(3)
    expect(await newMail()).toHaveLength(3)
  })
})

describe('the link', () => {
  test('is dead when it is too old or unknown, and offers to ask again', async () => {
    await ask({ candidateId: 'JPR00000001' })
    const { link } = mailTo(NEW, await newMail())
    await db.update(schema.accessLinks).set({ expiresAt: LONG_AGO })

    const old = await open(link!)
    await press(link!)

    expect(old).toMatchObject({ status: 404, text: expect.stringContaining('Ask again') })
    expect((await open('/lost-address/unknown')).status).toBe(404)
    expect(await recoveryRows()).toMatchObject([{ confirmedAt: null }])
  })

  test('of an ask that was deleted does nothing to a later one that has its number', async () => {
    const { fields } = await givenProvable()
    await ask({ candidateId: 'JPR99999999', email: 'gone@example.net' })
    const { link } = mailTo('gone@example.net', await newMail())
    const [gone] = await recoveryRows()
    await db.delete(schema.recoveries)
    await ask(fields)

    await press(link!)

    expect(await recoveryRows()).toMatchObject([{ id: gone!.id, confirmedAt: null, effectiveAt: null }])
    expect((await open(link!)).status).toBe(404)
  })

  test('begins the week once, tells every address that may sign in, and the log', async () => {
    const { ada, fields } = await givenProvable()
    const unproved = { normalized: 'x@example.org', address: 'x@example.org', isPrimary: false }
    await db.insert(schema.candidateEmails).values({ candidateId: ada.id, ...unproved })

    const link = await askAndConfirm(fields)
    await press(link)
    const [row] = await recoveryRows()
    const notices = await newMail()

    expect(row!.effectiveAt!.getTime() - row!.confirmedAt!.getTime()).toBe(7 * DAY_MS)
    expect(notices.map(({ to }) => to)).toEqual([ada.email])
    expect(notices[0]!.text).toContain('Whoever reads this mail can stop them')
    const log = await db.select().from(schema.auditLog).where(eq(schema.auditLog.action, 'recovery.asked'))
    expect(log).toMatchObject([{ actor: 'nobody', subject: expect.any(String) }])
    expect((await open(link)).text).not.toContain(ada.id)
  })
})

describe('stopping', () => {
  test('one stop by the link ends every recovery that waits, and tells so', async () => {
    const { ada, fields } = await givenProvable()
    const thiefs = await askAndConfirm(fields)
    const { link } = mailTo(ada.email, await newMail())
    await givenWaiting(ada, inDays(3), 'other@example.net')

    const page = await open(link!)
    await press(link!)
    const again = await press(link!)

    expect(page.text).toContain('It was not me: stop it')
    expect(again.headers.get('location')).toBe(link)
    expect((await open(link!)).text).toContain('It is stopped')
    expect((await open(thiefs)).text).toContain('This was stopped')
    expect((await recoveryRows()).every(({ stoppedAt }) => stoppedAt !== null)).toBe(true)
    expect(await newMail()).toMatchObject([{ to: ada.email, subject: 'Recovery of the account stopped' }])
  })

  test('on the page of addresses, by its holder only', async () => {
    const ada = await givenAccount()
    await givenWaiting(ada, inDays(3))
    const [holder, other] = [await signedIn(ada), await signedIn(await givenAccount())]

    const shown = await open('/profile/addresses', holder)
    await press('/profile/addresses/stopped-recovery', {}, other)
    const still = await recoveryRows()
    await press('/profile/addresses/stopped-recovery', {}, holder)

    expect(shown.text).toContain(NEW)
    expect(still).toMatchObject([{ stoppedAt: null }])
    expect(await recoveryRows()).toMatchObject([{ stoppedAt: expect.any(Date) }])
  })

  test('not by a link that went to an address which is no longer on the record, nor when it is done', async () => {
    const { ada, fields } = await givenProvable()
    await askAndConfirm(fields)
    const { link } = mailTo(ada.email, await newMail())
    const [email] = await db.select().from(schema.candidateEmails)

    await db.delete(schema.candidateEmails)
    const removed = await open(link!)
    await press(link!)
    await db.insert(schema.candidateEmails).values(email!)
    await applyRecoveries(env, inDays(8))
    const late = await open(link!)

    expect(removed.status).toBe(404)
    expect(late.text).toContain('too late')
    expect(await recoveryRows()).toMatchObject([{ stoppedAt: null, doneAt: expect.any(Date) }])
  })
})

describe('taking effect', () => {
  test('happens once, ends sessions and what was mailed before, and leaves the old addresses', async () => {
    const { ada, fields } = await givenProvable()
    const browser = await signedIn(ada)
    await askAndConfirm(fields)
    await newMail()
    const reset = mailTo(ada.email, await askForLink(ada.email)).link!

    await applyRecoveries(env, inDays(7.1))
    await applyRecoveries(env, inDays(7.2))

    expect((await newMail()).map(({ to, subject }) => [to, subject]).toSorted()).toEqual(
      [
        [NEW, 'New e-mail address put in force after recovery'],
        [ada.email, 'New e-mail address put in force after recovery'],
      ].toSorted(),
    )
    expect(await addressesOf(ada)).toMatchObject([
      { address: ada.email, isPrimary: false, verifiedAt: LONG_AGO },
      { address: NEW, isPrimary: true, verifiedAt: expect.any(Date) },
    ])
    expect((await open('/profile/addresses', browser)).status).toBe(303)
    expect((await open(reset)).status).toBe(404)
  })

  test('does not happen where somebody else has proved the address meanwhile', async () => {
    const ada = await givenCandidate()
    await givenWaiting(ada, inDays(-1))
    await givenCandidate({ email: NEW })

    await applyRecoveries(env, new Date())

    expect(await addressesOf(ada)).toMatchObject([{ address: ada.email, isPrimary: true }])
    expect(await recoveryRows()).toMatchObject([{ stoppedAt: expect.any(Date), doneAt: null }])
    expect(await newMail()).toMatchObject([{ to: ada.email }])
  })

  test('takes an address that waited on the same record', async () => {
    const ada = await givenCandidate()
    await db
      .insert(schema.candidateEmails)
      .values({ candidateId: ada.id, normalized: NEW, address: NEW, isPrimary: false })
    await givenWaiting(ada, inDays(-1))

    await applyRecoveries(env, new Date())

    expect(await addressesOf(ada)).toMatchObject([
      { isPrimary: false },
      { address: NEW, isPrimary: true, verifiedAt: expect.any(Date) },
    ])
  })
})

describe('a photo ID', () => {
  const PNG = Uint8Array.from(
    atob('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=='),
    (character) => character.charCodeAt(0),
  )

  function sendPhoto(link: string, bytes: Uint8Array) {
    const body = new FormData()
    body.set('photo', new File([bytes], 'me.png', { type: 'image/png' }))
    return send(`${link}/photo`, { method: 'POST', body, headers: { origin: ORIGIN } }, queues)
  }

  test('goes to staff as a request, once; for an unknown ID it goes nowhere and looks the same', async () => {
    const ada = await givenAccount()
    const known = await askAndConfirm({ candidateId: ada.id })
    const unknown = await askAndConfirm({ candidateId: 'JPR99999999', email: 'other@example.net' })

    const sent = [await sendPhoto(known, PNG), await sendPhoto(known, PNG)]
    const thrownAway = await sendPhoto(unknown, PNG)

    expect([...sent, thrownAway].map(({ status }) => status)).toEqual([303, 303, 303])
    expect([sent[0], thrownAway].map((answer) => answer!.headers.get('location'))).toEqual([
      `${known}?sent`,
      `${unknown}?sent`,
    ])
    expect((await open(`${known}?sent`)).text).toBe((await open(`${unknown}?sent`)).text)
    const [recovery] = await recoveryRows()
    expect(await db.select().from(schema.requests)).toMatchObject([
      { kind: 'address_recovery', candidateId: ada.id, details: { recoveryId: recovery!.id } },
    ])
    expect((await env.BUCKET.list({ prefix: 'request-files/' })).objects).toHaveLength(1)
  })

  test('of a stranger does not stand in the way of the holder’s', async () => {
    const ada = await givenAccount()
    await sendPhoto(await askAndConfirm({ candidateId: ada.id, email: 'stranger@example.net' }), PNG)
    await sendPhoto(await askAndConfirm({ candidateId: ada.id, email: 'ada@new.example' }), PNG)

    expect(await db.$count(schema.requests)).toBe(2)
  })

  test('must be a picture', async () => {
    const link = await askAndConfirm({ candidateId: (await givenAccount()).id })

    const response = await sendPhoto(link, new TextEncoder().encode('<svg onload="alert(1)"/>'))

    expect(response.status).toBe(422)
    expect(await db.$count(schema.requests)).toBe(0)
  })

  test('is not taken before the new address is proved', async () => {
    await ask({ candidateId: (await givenAccount()).id })
    const { link } = mailTo(NEW, await newMail())

    const response = await sendPhoto(link!, PNG)

    expect(response.headers.get('location')).toBe(link)
    expect(await db.$count(schema.requests)).toBe(0)
  })

  test('begins the week when staff approve it, and not without', async () => {
    const ada = await givenAccount()
    const link = await askAndConfirm({ candidateId: ada.id })
    await sendPhoto(link, PNG)
    await newMail()
    const [recovery] = await recoveryRows()
    const now = new Date()

    await db.batch([...approveRecovery(db, recovery!.id, now)])
    const unapproved = await recoveryRows()
    const { id: decidedBy } = await givenStaff('reviewer')
    await db.update(schema.requests).set({ state: 'approved', decidedAt: now, decidedBy })
    await db.batch([...approveRecovery(db, recovery!.id, now)])

    expect(unapproved).toMatchObject([{ proof: 'none', effectiveAt: null }])
    expect(await recoveryRows()).toMatchObject([
      { proof: 'photo_id', effectiveAt: new Date(now.getTime() + 7 * DAY_MS) },
    ])
    expect(await newMail()).toMatchObject([
      { to: ada.email, link: expect.stringMatching(/^\/lost-address\/stop\//) },
    ])
    expect((await open(link)).text).toContain('The new address is accepted')
  })
})

test('asks that lead nowhere are forgotten after 90 days, those that wait are not', async () => {
  const ada = await givenCandidate()
  await ask({ candidateId: 'JPR99999999' })
  await givenWaiting(ada, inDays(200), 'waits@example.net')

  await sweepRecoveries(env, inDays(89))
  const kept = await recoveryRows()
  await sweepRecoveries(env, inDays(91))

  expect(kept).toHaveLength(2)
  expect(await recoveryRows()).toMatchObject([{ newAddress: 'waits@example.net' }])
  expect(await db.$count(schema.mailOutbox)).toBe(0)
})

test('an ask whose request still waits for staff is kept, however long', async () => {
  const ada = await givenCandidate()
  await ask({ candidateId: ada.id })
  const [asked] = await recoveryRows()
  const at = new Date()
  await db.insert(schema.requests).values({
    kind: 'address_recovery',
    candidateId: ada.id,
    submission: 'form',
    state: 'waiting',
    details: { recoveryId: asked!.id },
    createdAt: at,
    turnSince: at,
  })

  await sweepRecoveries(env, inDays(91))
  expect(await recoveryRows()).toHaveLength(1)

  await db.update(schema.requests).set({ state: 'withdrawn', decidedAt: at })
  await sweepRecoveries(env, inDays(91))
  expect(await recoveryRows()).toEqual([])
})

test('the ways in lead here', async () => {
  for (const path of ['/sign-in', '/forgotten'])
    expect((await open(path)).text).toContain('href="/lost-address"')
})
