import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import { addDays, calendarDateIn } from '../../src/core/calendar-date.ts'
import * as schema from '../../src/schema.ts'
import { db, givenCandidate, givenProgram, givenRegistration, givenResult } from '../support/builders.ts'
import { givenBystanders } from '../support/bystanders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { send, signedIn } from '../support/requests.ts'

const today = calendarDateIn('America/Los_Angeles', new Date())

async function examsPage(candidate: { id: string }, query = '') {
  const response = await send(`/exams${query}`, { headers: await signedIn(candidate) })
  return { response, text: await response.text() }
}

test('a visitor is sent to sign in and back', async () => {
  await givenProgram()

  const response = await send('/exams')

  expect(response.status).toBe(303)
  expect(response.headers.get('location')).toBe('/sign-in?return_to=%2Fexams')
})

test('a result shows its exam, grade, score, cut and sections', async () => {
  await givenProgram()
  const ada = await givenCandidate()
  const result = await givenResult({ candidateId: ada.id, attempt: 2 })
  await db.insert(schema.resultSections).values({
    feed: result.feed,
    registrationId: result.registrationId,
    sectionCode: '1',
    name: 'Routing <fundamentals>',
    percent: '81',
    vendorTime: 0,
    rowHash: '-',
  })

  const { response, text } = await examsPage(ada)

  expect(response.status).toBe(200)
  expect(response.headers.get('cache-control')).toBe('private, no-store')
  expect(text).toContain('Junos, Associate')
  expect(text).toContain('JN0-106')
  expect(text).toContain('(attempt 2)')
  expect(text).toContain('standing--active">Pass<')
  expect(text).toContain('742; 700 needed to pass')
  expect(text).toContain('Routing &lt;fundamentals&gt;</dt><dd>81%')
})

test('after fails it says from when the exam may be taken again, at the last one only', async () => {
  await givenProgram()
  const ada = await givenCandidate()
  const failed = { candidateId: ada.id, grade: 'fail' } as const
  await givenResult({ ...failed, examOn: addDays(today, -9) })
  await givenResult({ ...failed, examOn: addDays(today, -3) })

  const { text } = await examsPage(ada)

  const again = addDays(today, -3 + 15)
  const month = new Date(`${again}T00:00Z`).toLocaleString('en', { month: 'long', timeZone: 'UTC' })
  expect(text.match(/You may take it again from/g)).toHaveLength(1)
  expect(text).toContain(`again from ${Number(again.slice(8))} ${month} ${again.slice(0, 4)}.`)
})

test.each(['held', 'revoked'] as const)(
  'a fail that is %s says nothing of taking it again',
  async (validity) => {
    await givenProgram()
    const ada = await givenCandidate()
    const failed = { candidateId: ada.id, grade: 'fail', validity } as const
    await givenResult({ ...failed, examOn: addDays(today, -9) })
    await givenResult({ ...failed, examOn: addDays(today, -3) })

    expect((await examsPage(ada)).text).not.toContain('You may take it again')
  },
)

test('a held result tells neither grade nor score', async () => {
  await givenProgram()
  const ada = await givenCandidate()
  await givenResult({ candidateId: ada.id, validity: 'held' })

  const { text } = await examsPage(ada)

  expect(text).toContain('Not yet released')
  expect(text).not.toContain('742')
  expect(text).not.toContain('Pass<')
})

test('a revoked result says so and stays', async () => {
  await givenProgram()
  const ada = await givenCandidate()
  await givenResult({ candidateId: ada.id, validity: 'revoked' })

  const { text } = await examsPage(ada)

  expect(text).toContain('standing--revoked">Pass, revoked<')
  expect(text).toContain('no longer counts')
})

test('whatever else happened at the centre is said in plain words', async () => {
  await givenProgram()
  const ada = await givenCandidate()
  const nothing = { candidateId: ada.id, grade: 'none', score: null } as const
  await givenResult({ ...nothing, delivery: 'no_show' })
  await givenResult({ ...nothing, delivery: 'no_show_excused' })
  await givenResult({ ...nothing, delivery: 'nda_refused' })
  await givenResult({ ...nothing, delivery: 'incomplete' })
  await givenResult({ ...nothing, delivery: 'cancelled' })
  await givenResult({ candidateId: ada.id, grade: 'pending', score: null })
  await givenRegistration({ candidateId: ada.id, state: 'cancelled', appointmentOn: '2026-05-01' })

  const { text } = await examsPage(ada)

  for (const word of [
    'Not attended<',
    'Not attended, excused',
    'Agreement not accepted',
    'Not completed',
    'Result pending',
    'Booking cancelled',
  ])
    expect(text).toContain(word)
  expect(text).toContain('7 exams, the latest first')
})

test('an upcoming exam shows when and where; one with a result is history', async () => {
  await givenProgram()
  const ada = await givenCandidate()
  await givenRegistration({
    candidateId: ada.id,
    appointmentOn: addDays(today, 10),
    timeZone: 'Europe/Warsaw',
    siteCode: '50123',
  })
  await givenRegistration({ candidateId: ada.id, registrationId: '9', appointmentOn: '2026-05-04' })
  await givenResult({ candidateId: ada.id, registrationId: '9' })

  const { text } = await examsPage(ada)

  expect(text).toContain('in 10 days')
  expect(text).toContain('09:30 (Europe/Warsaw)')
  expect(text).toContain('50123')
  expect(text).toContain('1 exam, the latest first')
  expect(text).not.toContain('Results on their way')
})

test('a result that is due says when; a late one says how to ask', async () => {
  await givenProgram()
  const ada = await givenCandidate()
  await givenRegistration({ candidateId: ada.id, appointmentOn: today, state: 'delivered' })
  await givenRegistration({
    candidateId: ada.id,
    registrationId: '300999',
    appointmentOn: addDays(today, -30),
  })

  const { text } = await examsPage(ada)

  expect(text).toContain('Expected by')
  expect(text).toContain('href="/requests/new/missing_result?registration=300999"')
})

test('nobody sees the exams of another', async () => {
  await givenProgram()
  const ada = await givenCandidate()
  const eve = await givenCandidate()
  await givenResult({ candidateId: ada.id })
  await givenRegistration({ candidateId: ada.id })

  const { text } = await examsPage(eve)

  expect(text).toContain('No exams yet')
  expect(text).not.toContain('JN0-106')
})

test('a long history is paged', async () => {
  await givenProgram()
  const ada = await givenCandidate()
  for (let day = 1; day <= 28; day += 1)
    await givenResult({ candidateId: ada.id, examOn: `2025-02-${String(day).padStart(2, '0')}` })

  const first = await examsPage(ada)
  const second = await examsPage(ada, '?page=2')
  const third = await examsPage(ada, '?page=3')
  const nonsense = await examsPage(ada, '?page=-1')

  expect(first.text).toContain('28 exams')
  expect(first.text).toContain('28 February 2025')
  expect(first.text).not.toContain('>3 February 2025')
  expect(first.text).toContain('href="/exams?page=2"')
  expect(second.text).toContain('>3 February 2025')
  expect(second.text).not.toContain('page=3')
  expect(third.response.status).toBe(404)
  expect(nonsense.text).toContain('Page 1 of 2')
})

test('the page costs two round trips, and rows read do not grow with other people', async () => {
  await givenProgram()
  const ada = await givenCandidate()
  await givenResult({ candidateId: ada.id })
  await givenRegistration({ candidateId: ada.id })
  const headers = await signedIn(ada)
  const alone = countedDatabase(env.DB)
  const crowded = countedDatabase(env.DB)

  await send('/exams', { headers }, { DB: alone.d1 })
  await givenBystanders(300)
  await send('/exams', { headers }, { DB: crowded.d1 })

  expect(alone.cost.roundTrips).toBe(2)
  expect(crowded.cost).toMatchObject({ roundTrips: 2, rowsRead: alone.cost.rowsRead })
})
