import { env } from 'cloudflare:workers'
import { eq } from 'drizzle-orm'
import { makeRequest } from '../../src/requests/make-request.ts'
import { nameOf } from '../../src/requests/name.ts'
import type { Photo } from '../../src/requests/photo.ts'
import { requestFiles } from '../../src/schema.ts'
import { db } from '../support/builders.ts'
import { ORIGIN, send } from '../support/requests.ts'
import { fileOf, jpeg } from './given-photo.ts'

type Asker = { id: string; fullName: string; givenName: string; familyName: string }
export type Asked = { familyName?: string; photo?: Photo | null; at?: Date }

/** An open request to change the family name, to King unless the test says otherwise. */
export async function givenNameChange(
  asker: Asker,
  { familyName = 'King', photo, at = new Date() }: Asked = {},
) {
  const { fullName, givenName } = asker
  const made = await makeRequest(
    env,
    db,
    {
      kind: 'name_change',
      candidateId: asker.id,
      submission: crypto.randomUUID(),
      details: {
        from: { fullName, givenName, familyName: asker.familyName, nativeName: null },
        to: nameOf({ givenName, familyName, suffix: '' }, null, null),
        reason: 'marriage',
        explanation: 'We married in <June>',
      },
      photo: photo === undefined ? { bytes: jpeg(), mediaType: 'image/jpeg' } : photo,
      actor: 'candidate',
    },
    at,
  )
  const [file] = await db.select().from(requestFiles).where(eq(requestFiles.requestId, made!.id))
  return { id: made!.id, fileId: file?.id ?? 0, objectKey: file?.objectKey ?? '' }
}

/** Sends the form as a browser does that has chosen a file, or none. */
export function sendNameChange(
  headers: Record<string, string>,
  fields: Record<string, string> = {},
  photo: File | null = fileOf(jpeg()),
) {
  const body = new FormData()
  const filled = { submission: crypto.randomUUID(), givenName: 'Ada', familyName: 'King', reason: 'marriage' }
  for (const [name, value] of Object.entries({ ...filled, ...fields })) body.append(name, value)
  body.append('photo', photo ?? new File([], ''))
  return send('/requests/name-change', { method: 'POST', body, headers: { origin: ORIGIN, ...headers } })
}
