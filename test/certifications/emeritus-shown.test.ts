import { beforeEach, expect, test } from 'vitest'
import { keepAwards } from '../../src/certifications/keep-awards.ts'
import { addMonths, calendarDateIn } from '../../src/core/calendar-date.ts'
import { db, givenAward, givenCandidate, givenProgram, givenResult } from '../support/builders.ts'
import { send, signedIn, signedInStaff } from '../support/requests.ts'
import { givenTranscript } from '../transcripts/given-transcript.ts'

const today = calendarDateIn('America/Los_Angeles', new Date())

beforeEach(async () => {
  await givenProgram()
})

async function text(path: string, headers: Record<string, string> = {}) {
  const response = await send(path, { headers })
  expect(response.status).toBe(200)
  return response.text()
}

test('milestones that were reached stand on the Status page and in the console, with their day and what counted', async () => {
  const ada = await givenCandidate({ revision: 1 })
  const associates = ['JNCIA-Junos', 'JNCIA-SEC', 'JNCIA-DC', 'JNCIA-DevOps', 'JNCIA-Cloud']
  const examOn = addMonths(today, -3)
  for (const exam of associates) await givenResult({ candidateId: ada.id, exam, examOn })
  await keepAwards(db, today, new Date())

  const support = await signedInStaff('support')
  for (const page of [
    await text('/certifications/status', await signedIn(ada)),
    await text(`/staff/candidates/${ada.id}`, support),
    await text(`/staff/candidates/${ada.id}/as-candidate`, support),
  ]) {
    expect(page).toContain('Five active Associate certifications')
    expect(page).toContain(`datetime="${examOn}"`)
    expect(page).toContain('JNCIA-Cloud, JNCIA-DC, JNCIA-DevOps, JNCIA-Junos and JNCIA-SEC')
    expect(page).not.toContain('Three active Specialist')
  }
})

test('an award that is emeritus says so wherever it is shown, active or not', async () => {
  const ada = await givenCandidate()
  const expert = { candidateId: ada.id, awardedOn: addMonths(today, -120), emeritusOn: addMonths(today, -12) }
  const ended = { ...expert, certification: 'JNCIE-SP', number: 'E-1', expiresOn: addMonths(today, -84) }
  const kept = { ...expert, certification: 'JNCIE-ENT', number: 'E-2', expiresOn: addMonths(today, 12) }
  const awards = [await givenAward(ended), await givenAward(kept)]
  const since = `datetime="${expert.emeritusOn}"`
  const headers = await signedIn(ada)

  const status = await text('/certifications/status', headers)
  expect(status.split('<dt>Emeritus since</dt>')).toHaveLength(3)
  expect(status.split('becomes so 9 years after its award')).toHaveLength(3)
  expect(status).toContain('It then goes on under its number and with its first date')
  expect(await text('/', headers)).toContain('Emeritus, for good: JNCIE-SP')
  expect(await text(`/verify/${awards[0]!.verificationCode}`)).toContain('an honour for good')
  const active = await text(`/verify/${awards[1]!.verificationCode}`)
  expect(active).toContain('Emeritus since')
  expect(active).toContain(since)
  const { token } = await givenTranscript({ candidateId: ada.id, awards })
  const transcript = await text(`/t/${token}`)
  expect(transcript).toContain('standing--emeritus')
  expect(transcript).toContain(since)
  expect(await text(`/staff/candidates/${ada.id}`, await signedInStaff('support'))).toContain(since)
})
