import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { addDays, calendarDateIn } from '../../src/core/calendar-date.ts'
import {
  givenAward,
  givenCandidate,
  givenEarned,
  givenProgram,
  givenRegistration,
  givenResult,
  LONG_AGO,
} from '../support/builders.ts'
import { givenBystanders } from '../support/bystanders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { send, signedIn } from '../support/requests.ts'

const today = calendarDateIn('America/Los_Angeles', new Date())
const complete = { phone: '+48221234567', addressLine1: 'Prosta 1', country: 'PL' }

async function homePage(candidate: { id: string }) {
  return (await send('/', { headers: await signedIn(candidate) })).text()
}

test('a visitor finds what this is and the doors, for one round trip', async () => {
  await givenProgram()
  const { d1, cost } = countedDatabase(env.DB)

  const response = await send('/', {}, { DB: d1 })

  const text = await response.text()
  expect(response.status).toBe(200)
  for (const door of ['/sign-in', '/first-sign-in', '/verify']) expect(text).toContain(`href="${door}"`)
  expect(text).toContain('Never logged in before?')
  expect(cost).toMatchObject({ roundTrips: 1, rowsRead: 1 })
})

test('on a quiet day home says so, and shows the rest', async () => {
  await givenProgram()
  const ada = await givenCandidate({ ...complete, fullName: 'Łucja <Şahin>' })
  await givenAward({ candidateId: ada.id, expiresOn: addDays(today, 700) })
  await givenRegistration({ candidateId: ada.id, appointmentOn: addDays(today, 12) })

  const text = await homePage(ada)

  expect(text).toContain('Welcome, Łucja &lt;Şahin&gt;')
  expect(text).toContain(ada.id)
  expect(text).toContain('Nothing needs your attention today.')
  expect(text).toContain('1 active certification')
  expect(text).toContain('in 12 days')
  expect(text).not.toMatch(/style=|undefined|NaN/)
})

test('what expires soon comes with what keeps it', async () => {
  await givenProgram()
  const ada = await givenCandidate(complete)
  await givenEarned({ candidateId: ada.id, expiresOn: addDays(today, 20) })

  const text = await homePage(ada)

  expect(text).toMatch(/JNCIA-Junos expires on .*, in 20 days\./)
  expect(text).toContain('Pass JN0-')
})

test('a result is news for thirty days, unless it is held or pending', async () => {
  await givenProgram()
  const ada = await givenCandidate(complete)
  const fresh = { candidateId: ada.id, firstImportedAt: new Date(Date.now() - 86_400_000) }
  await givenResult({ ...fresh, exam: 'JNCIA-SEC', examCode: 'JN0-232' })
  await givenResult({ ...fresh, exam: 'JNCIA-DC', examCode: 'JN0-281', validity: 'held' })
  await givenResult({ ...fresh, exam: 'JNCIA-Cloud', examCode: 'JN0-214', grade: 'pending' })
  await givenResult({ candidateId: ada.id, firstImportedAt: LONG_AGO })

  const text = await homePage(ada)

  expect(text).toContain('JN0-232 Security, Associate, 4 May 2026: Pass')
  for (const quiet of ['JN0-281', 'JN0-214', 'JN0-106']) expect(text).not.toContain(`<strong>${quiet}`)
})

test('a whole history that has just arrived is one list, but what was taken back stands out', async () => {
  await givenProgram()
  const ada = await givenCandidate(complete)
  const fresh = { candidateId: ada.id, firstImportedAt: new Date(Date.now() - 86_400_000) }
  for (const examOn of ['2021-03-01', '2022-03-01', '2023-03-01', '2024-03-01'])
    await givenResult({ ...fresh, examOn })
  await givenResult({ ...fresh, examOn: '2020-03-01', validity: 'revoked' })

  const text = await homePage(ada)

  expect(text.match(/class="notice /g)).toHaveLength(2)
  expect(text).toContain('<li>JN0-106 Junos, Associate, 1 March 2024: Pass</li>')
  expect(text).not.toContain('1 March 2021')
  expect(text).toMatch(/<strong>JN0-106 Junos, Associate, 1 March 2020: Pass, revoked/)
})

test('a late result, a suspended award and gaps in the profile ask for attention', async () => {
  await givenProgram()
  const ada = await givenCandidate()
  await givenRegistration({ candidateId: ada.id, appointmentOn: addDays(today, -30) })
  await givenAward({ candidateId: ada.id, suspendedOn: '2026-01-01' })

  const text = await homePage(ada)

  expect(text).toContain('The result of JN0-106, taken on ')
  expect(text).toContain('href="/requests/new/missing_result?registration=')
  expect(text).toContain('JNCIA-Junos is suspended')
  expect(text).toContain('It has no phone number or postal address.')
  expect(text).toContain('You hold no active certification.')
})

test("nobody sees another's home", async () => {
  await givenProgram()
  const ada = await givenCandidate(complete)
  const eve = await givenCandidate(complete)
  await givenAward({ candidateId: ada.id, expiresOn: addDays(today, 20) })
  await givenResult({ candidateId: ada.id, firstImportedAt: new Date() })

  const text = await homePage(eve)

  expect(text).toContain('Nothing needs your attention today.')
  expect(text).not.toContain('JNCIA-Junos')
})

test('home costs two round trips, and rows read do not grow with other people', async () => {
  await givenProgram()
  const ada = await givenCandidate(complete)
  await givenAward({ candidateId: ada.id })
  await givenResult({ candidateId: ada.id })
  const headers = await signedIn(ada)
  const few = countedDatabase(env.DB)
  const crowded = countedDatabase(env.DB)

  await givenBystanders(10)
  await send('/', { headers }, { DB: few.d1 })
  await givenBystanders(300, 11)
  await send('/', { headers }, { DB: crowded.d1 })

  expect(few.cost.roundTrips).toBe(2)
  expect(crowded.cost).toMatchObject({ roundTrips: 2, rowsRead: few.cost.rowsRead })
})
