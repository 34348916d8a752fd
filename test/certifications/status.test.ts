import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { keepAwards } from '../../src/certifications/keep-awards.ts'
import { addDays, addMonths, calendarDateIn } from '../../src/core/calendar-date.ts'
import * as schema from '../../src/schema.ts'
import {
  db,
  givenAward,
  givenCandidate,
  givenEarned,
  givenProgram,
  givenResult,
  LONG_AGO,
} from '../support/builders.ts'
import { givenBystanders } from '../support/bystanders.ts'
import { countedDatabase } from '../support/counted-database.ts'
import { send, signedIn, signedInStaff } from '../support/requests.ts'

const STATUS = '/certifications/status'
const today = calendarDateIn('America/Los_Angeles', new Date())

async function statusPage(candidate: { id: string }) {
  return (await send(STATUS, { headers: await signedIn(candidate) })).text()
}

test('a visitor is sent to sign in and back', async () => {
  await givenProgram()

  const response = await send(STATUS)

  expect(response.status).toBe(303)
  expect(response.headers.get('location')).toBe('/sign-in?return_to=%2Fcertifications%2Fstatus')
})

test('an active award shows its dates, number, ways to keep it and downloads', async () => {
  await givenProgram()
  const ada = await givenCandidate()
  const award = await givenEarned({
    candidateId: ada.id,
    awardedOn: '2025-03-18',
    expiresOn: addDays(today, 700),
  })

  const text = await statusPage(ada)

  expect(text).toContain('standing--active">Active<')
  expect(text).toContain('18 March 2025')
  expect(text).toContain(`datetime="${award.expiresOn}"`)
  expect(text).toContain('in 22 months')
  expect(text).toContain(award.number)
  expect(text).toContain('What keeps it')
  expect(text).toContain('Any Associate exam')
  expect(text).toContain('JN0-232 Security, Associate')
  expect(text).toContain(`href="/certifications/${award.id}/ecertificate.pdf"`)
  expect(text).toContain(`aria-label="Download logo, JNCIA-Junos"`)
  expect(text).toContain('role="img"')
  expect(text).not.toMatch(/style=|<script>|undefined|NaN/)
})

test('an award that expires soon stands on top of the page, with the quickest way to keep it', async () => {
  await givenProgram()
  const ada = await givenCandidate()
  const expiresOn = addDays(today, 30)
  await givenEarned({ candidateId: ada.id, certification: 'JNCIA-SEC', expiresOn })
  await givenAward({ candidateId: ada.id, expiresOn: addDays(today, 700) })
  await givenResult({ candidateId: ada.id, examOn: addMonths(expiresOn, -36) })

  const text = await statusPage(ada)

  expect(text).toContain('Active, expires soon')
  expect(text).toMatch(/JNCIA-SEC expires on .*, in 30 days\./)
  expect(text).toContain('The quickest way to keep what expires: pass ')
  expect(text).toContain('It renews 2 of your certifications.')
  expect(text.indexOf('What keeps it')).toBeGreaterThan(text.indexOf('class="notice"'))
})

test.each([
  ['expired', { expiresOn: '2025-06-02' }],
  ['suspended', { expiresOn: '2099-01-01', suspendedOn: '2026-01-01' }],
  ['revoked', { expiresOn: '2099-01-01', revokedOn: '2026-01-01' }],
] as const)('an award that is %s says so and offers no downloads', async (standing, dates) => {
  await givenProgram()
  const ada = await givenCandidate()
  await givenAward({ candidateId: ada.id, awardedOn: '2022-06-02', ...dates })

  const text = await statusPage(ada)

  expect(text).toContain(`standing standing--${standing}`)
  expect(text).not.toContain('ecertificate.pdf')
  expect(text).not.toContain('What keeps it')
})

test('an exam that has to be waited for is offered from then on, or not at all', async () => {
  await givenProgram()
  const ada = await givenCandidate()
  const failed = { candidateId: ada.id, grade: 'fail' as const }
  await givenEarned({ candidateId: ada.id, expiresOn: addDays(today, 40) })
  for (const days of [-20, -2]) await givenResult({ ...failed, examOn: addDays(today, days) })
  for (const days of [-20, 0])
    await givenResult({ ...failed, exam: 'JNCIA-SEC', examCode: 'JN0-232', examOn: addDays(today, days) })
  const late = await givenCandidate()
  await givenEarned({ candidateId: late.id, expiresOn: addDays(today, 5) })
  for (const days of [-20, -2])
    await givenResult({ ...failed, candidateId: late.id, examOn: addDays(today, days) })

  const text = await statusPage(ada)

  expect(text).toMatch(/JN0-106 Junos, Associate <span class="soft">\(from /)
  expect(text).toMatch(/JN0-232 Security, Associate <span class="soft">\(from /)
  expect(text).toMatch(/JN0-281 Data Center, Associate <\/li>/)
  expect(text).toContain('pass JN0-281 Data Center, Associate by')
  expect(await statusPage(late)).not.toContain('<li>JN0-106')
})

test('in the days of grace an award is renewed and not earned anew', async () => {
  await givenProgram(({ renewal }) => Object.assign(renewal, { graceDays: 60 }))
  const ada = await givenCandidate()
  await givenEarned({ candidateId: ada.id, expiresOn: addDays(today, -16) })

  const text = await statusPage(ada)

  expect(text).toContain('What renews it')
  expect(text).toContain('It has expired, and can still be renewed by one of these')
  expect(text).not.toContain('earn it anew')
})

test('how to hold an award again is told by an exam that is still offered', async () => {
  await givenProgram((program) => {
    const { exam: _, ...certification } = program.certifications[0]!
    Object.assign(certification, { requires: { any: [{ exam: 'JNCIA-Junos' }, { exam: 'JNCIA-SEC' }] } })
    program.certifications[0] = certification as never
    Object.assign(program.exams[0]!.codes.at(-1)!, { until: '2026-06-30' })
  })
  const ada = await givenCandidate()
  await givenAward({ candidateId: ada.id, awardedOn: '2022-06-02', expiresOn: '2025-06-02' })

  expect(await statusPage(ada)).toContain('earn it anew: pass JN0-232 Security, Associate.')
})

test('how an award was earned and renewed is told', async () => {
  await givenProgram()
  const ada = await givenCandidate()
  const result = await givenResult({ candidateId: ada.id })
  const pass = { exam: 'JNCIA-Junos', passedOn: '2024-05-04', resultId: result.id, seriesCode: 'JN0-105' }
  const award = await givenAward({
    candidateId: ada.id,
    awardedOn: '2024-05-04',
    expiresOn: '2029-05-04',
    reason: JSON.stringify({ rule: 'pass', pass, completedBy: pass, prerequisites: [] }),
  })
  await db.insert(schema.renewals).values({
    awardId: award.id,
    renewedOn: '2026-05-04',
    rule: 'associate-same-level',
    resultId: result.id,
    previousExpiresOn: '2027-05-04',
    expiresOn: '2029-05-04',
    reason: JSON.stringify({ pass: { ...pass, seriesCode: 'JN0-106' }, cascadeFrom: 'JNCIS-ENT' }),
  })

  const text = await statusPage(ada)

  expect(text).toContain('Awarded for passing JN0-105 Junos, Associate on 4 May 2024.')
  expect(text).toContain(
    'Renewed along with JNCIS-ENT, when you passed JN0-106 Junos, Associate on 4 May 2026: its expiry moved from 4 May 2027 to 4 May 2029.',
  )
})

test('what the results earned and renewed is told as the record keeps it', async () => {
  await givenProgram()
  const ada = await givenCandidate()
  const sat = (exam: string, examCode: string, examOn: string) =>
    givenResult({ candidateId: ada.id, exam, examCode, examOn })
  await sat('JNCIS-SEC', 'JN0-336', '2024-03-01')
  await sat('JNCIA-SEC', 'JN0-232', '2024-04-01')
  await sat('JNCIP-SEC', 'JN0-637', '2026-05-04')
  await db.update(schema.candidates).set({ revision: 1 }).where(eq(schema.candidates.id, ada.id))
  await keepAwards(db, today, new Date())

  const text = await statusPage(ada)

  expect(text).toContain('Awarded for passing JN0-232 Security, Associate on 1 April 2024.')
  expect(text).toContain(
    'Awarded on 1 April 2024, when you passed JN0-232 Security, Associate; you had passed JN0-336 Security, Specialist on 1 March 2024. It needs JNCIA-SEC, which you held that day.',
  )
  expect(text).toContain(
    'Renewed by passing JN0-637 Security, Professional on 4 May 2026: its expiry moved from 1 April 2027 to 4 May 2029.',
  )
  expect(text).toContain(
    'Renewed along with JNCIS-SEC, when you passed JN0-637 Security, Professional on 4 May 2026',
  )
})

test('why an award is as it is, is told by the version of its day, to the candidate and to the staff', async () => {
  const program = await givenProgram((draft) => {
    Object.assign(draft.certifications.find(({ code }) => code === 'JNCIA-Junos')!, { validityMonths: 24 })
  })
  Object.assign(program.certifications.find(({ code }) => code === 'JNCIA-Junos')!, { validityMonths: 36 })
  await db.insert(schema.programVersions).values({
    version: 2,
    sha256: 'b'.repeat(64),
    document: JSON.stringify(program),
    appliedAt: LONG_AGO,
    begunAt: LONG_AGO,
    effectiveOn: '2026-01-01',
  })
  const ada = await givenCandidate({ revision: 1 })
  await givenResult({ candidateId: ada.id, examOn: '2025-03-01' })
  await keepAwards(db, today, new Date())
  const [award] = await db.select().from(schema.awards).where(eq(schema.awards.candidateId, ada.id))

  expect(award!.expiresOn).toBe('2027-03-01')
  expect(await statusPage(ada)).toContain('It lasts 2 years')
  for (const path of [`/staff/candidates/${ada.id}`, `/staff/awards/${award!.id}`]) {
    const page = await send(path, { headers: await signedInStaff('reviewer') })
    expect(await page.text()).toContain('It lasts 2 years')
  }
})

test('a pass that waits for a prerequisite says what for', async () => {
  await givenProgram()
  const ada = await givenCandidate()
  await givenResult({ candidateId: ada.id, exam: 'JNCIS-SEC', examCode: 'JN0-336' })

  const text = await statusPage(ada)

  expect(text).toContain('Done: JN0-336 Security, Specialist (4 May 2026).')
  expect(text).toContain('once you have JNCIA-SEC.')
})

test('an award that was merged into another is not shown', async () => {
  await givenProgram()
  const ada = await givenCandidate()
  const kept = await givenAward({ candidateId: ada.id })
  const merged = await givenAward({ candidateId: ada.id, awardedOn: '2025-04-01', supersededBy: kept.id })

  const text = await statusPage(ada)

  expect(text).toContain(kept.number)
  expect(text).not.toContain(merged.number)
})

test('who holds nothing learns how a certification is earned, and sees nothing of others', async () => {
  await givenProgram()
  const ada = await givenCandidate()
  const eve = await givenCandidate()
  const award = await givenAward({ candidateId: ada.id })

  const text = await statusPage(eve)

  expect(text).toContain('No certifications yet')
  expect(text).toContain('JN0-106 Junos, Associate')
  expect(text).toContain('https://home.pearsonvue.com/')
  expect(text).not.toContain(award.number)
})

test('the page costs two round trips, and reads as little among 30,000 people as among 300', async () => {
  await givenProgram()
  const ada = await givenCandidate()
  await givenResult({ candidateId: ada.id })
  await givenAward({ candidateId: ada.id })
  const headers = await signedIn(ada)
  const few = countedDatabase(env.DB)
  const many = countedDatabase(env.DB)

  await givenBystanders(300)
  await send(STATUS, { headers }, { DB: few.d1 })
  await givenBystanders(30_000, 301)
  await send(STATUS, { headers }, { DB: many.d1 })

  expect(few.cost.roundTrips).toBe(2)
  expect(few.cost.rowsRead).toBeLessThan(30)
  expect(many.cost).toMatchObject({ roundTrips: 2, rowsRead: few.cost.rowsRead })
})
