import { sql } from 'drizzle-orm'
import { expect, test } from 'vitest'
import { keepAwards } from '../../src/certifications/keep-awards.ts'
import { mergeRecords } from '../../src/merge/merge-queries.ts'
import { awards } from '../../src/schema.ts'
import { givenPass, NOW } from '../certifications/given-passes.ts'
import { db, givenCandidate, givenProgram } from '../support/builders.ts'
import { givenStaff, signedIn, signedInStaff } from '../support/requests.ts'
import { act, awardOf, page, today } from './given-awards.ts'

test('what was revoked on one record is revoked on the other once they are merged, says why, and is reinstated as one', async () => {
  await givenProgram()
  const reviewer = await signedInStaff(await givenStaff('reviewer'))
  const kept = await givenCandidate({ revision: 1 })
  const merged = await givenCandidate({ revision: 1 })
  await givenPass(kept, 'JNCIA-Cloud', '2025-01-10')
  await givenPass(merged, 'JNCIA-Cloud', '2025-06-10')
  await keepAwards(db, today, NOW)
  const [own, other] = [await awardOf(kept, 'JNCIA-Cloud'), await awardOf(merged, 'JNCIA-Cloud')]
  await act(other.id, 'revoke', { reason: 'Somebody else sat the exam' }, reviewer)

  await mergeRecords(db, { keptId: kept.id, mergedId: merged.id, actor: 'candidate' }, NOW, sql`true`)
  await keepAwards(db, today, NOW)

  expect(await awardsById()).toMatchObject([
    { id: own.id, revokedOn: today },
    { id: other.id, revokedOn: today },
  ])
  const status = await page('/certifications/status', await signedIn(kept))
  expect(status.text.match(/Somebody else sat the exam/g)).toHaveLength(2)
  expect((await page(`/staff/awards/${own.id}`, reviewer)).text).toContain('Somebody else sat the exam')

  const { done } = await act(other.id, 'reinstate', { reason: 'It was a mistake' }, reviewer)
  expect(done.status).toBe(303)
  expect(await awardsById()).toMatchObject([
    { id: own.id, revokedOn: null, supersededBy: null },
    { id: other.id, revokedOn: null, supersededBy: own.id },
  ])
})

const awardsById = () => db.select().from(awards).orderBy(awards.id)
