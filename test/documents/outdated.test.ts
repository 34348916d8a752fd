import { env } from 'cloudflare:workers'
import { beforeEach, expect, test } from 'vitest'
import { deleteOutdatedCertificates } from '../../src/documents/outdated.ts'
import { requests, staff } from '../../src/schema.ts'
import { db, givenAward, givenCandidate, givenProgram } from '../support/builders.ts'
import { givenStaff } from '../support/requests.ts'

const HOUR_MS = 3_600_000
const hours = (count: number) => new Date(Date.now() + count * HOUR_MS)

beforeEach(async () => {
  await givenProgram()
})

async function givenRenaming(
  candidateId: string,
  decidedAt: Date,
  state: 'approved' | 'refused' = 'approved',
) {
  const { id } = (await db.select().from(staff))[0] ?? (await givenStaff('reviewer'))
  await db.insert(requests).values({
    kind: 'name_change',
    candidateId,
    submission: crypto.randomUUID(),
    state,
    details: {},
    createdAt: new Date(0),
    turnSince: new Date(0),
    decidedAt,
    decidedBy: id,
  })
}

async function givenDrawn(candidateId: string): Promise<string> {
  const { id } = await givenAward({ candidateId })
  const key = `ecertificates/${id}/${'0'.repeat(64)}.pdf`
  await env.BUCKET.put(key, 'Ada Byron')
  return key
}

test('an eCertificate drawn before the name was changed is deleted', async () => {
  const { id } = await givenCandidate()
  await givenDrawn(id)
  await givenRenaming(id, hours(1))

  await deleteOutdatedCertificates(env, hours(20))

  expect((await env.BUCKET.list()).objects).toEqual([])
})

test('others stay: drawn since, of other people, and where the change was refused', async () => {
  const [ada, eve, grace] = [await givenCandidate(), await givenCandidate(), await givenCandidate()]
  const keys = [await givenDrawn(ada.id), await givenDrawn(eve.id), await givenDrawn(grace.id)]
  await givenRenaming(ada.id, hours(-1))
  await givenRenaming(eve.id, hours(1), 'refused')

  await deleteOutdatedCertificates(env, hours(20))

  expect((await env.BUCKET.list()).objects.map(({ key }) => key)).toEqual(keys)
})
