import { env } from 'cloudflare:workers'
import { and, eq, isNotNull } from 'drizzle-orm'
import { randomToken, sha256Hex } from '../../src/core/tokens.ts'
import { insertQuestion } from '../../src/requests/ask/question-queries.ts'
import type { Photo } from '../../src/requests/photo.ts'
import { writeByStaff } from '../../src/requests/thread/staff-queries.ts'
import { withStoredFiles } from '../../src/requests/thread/store-files.ts'
import { accessLinks, requestFiles, requestMessages } from '../../src/schema.ts'
import { db } from '../support/builders.ts'
import { givenStaff, ORIGIN, send } from '../support/requests.ts'
import { jpeg, pdf } from './given-photo.ts'

type Asker = { id: string }

/** An open question of one's own words. */
export async function givenAsked(asker: Asker, at = new Date(), subject = 'My paper') {
  const question = {
    kind: 'other',
    candidateId: asker.id,
    submission: crypto.randomUUID(),
    details: { subject },
    message: 'Can you post it to <Gdynia>?',
  } as const
  const files: Photo[] = [{ bytes: jpeg(), mediaType: 'image/jpeg' }]
  const made = await withStoredFiles(env, files, (stored) => insertQuestion(db, question, stored, at))
  if (!made) throw new Error('no question was made')
  return { id: made.id, kind: 'other', candidateId: asker.id, newAddress: null } as const
}

/** One that staff went on with by a message, with a file from each side. */
export async function givenQuestion(asker: Asker) {
  const request = await givenAsked(asker)
  const { id: staffId } = await givenStaff('support')
  const files: Photo[] = [{ bytes: pdf(), mediaType: 'application/pdf' }]
  const [first] = await db.select().from(requestMessages).where(eq(requestMessages.requestId, request.id))
  await withStoredFiles(env, files, (stored) =>
    writeByStaff(
      db,
      {
        request,
        staffId,
        submission: crypto.randomUUID(),
        act: 'reply',
        body: 'Here it is',
        seen: first!.id,
      },
      stored,
      new Date(),
    ),
  )
  const sent = await db
    .select({ id: requestFiles.id, staffId: requestMessages.staffId })
    .from(requestFiles)
    .innerJoin(requestMessages, eq(requestMessages.id, requestFiles.messageId))
    .where(and(eq(requestFiles.requestId, request.id), isNotNull(requestFiles.messageId)))
  const idOf = (isStaff: boolean) => sent.find((file) => (file.staffId !== null) === isStaff)!.id
  return { ...request, staffId, ownFileId: idOf(false), staffFileId: idOf(true) }
}

/** The token of a link that lets whoever has it reply. */
export async function givenReplyLink(
  { id: candidateId, email }: { id: string; email: string },
  requestId: number,
  expiresAt = new Date(Date.now() + 86_400_000),
): Promise<string> {
  const token = randomToken()
  await db.insert(accessLinks).values({
    tokenHash: await sha256Hex(token),
    candidateId,
    purpose: 'request_reply',
    sentTo: email,
    data: { requestId },
    createdAt: new Date(),
    expiresAt,
  })
  return token
}

/** Sends a form with files, as a browser does. */
export function postFiles(
  path: string,
  fields: Record<string, string>,
  files: readonly File[],
  headers: Record<string, string>,
) {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  for (const file of files) body.append('files', file)
  if (files.length === 0) body.append('files', new File([], ''))
  return send(path, { method: 'POST', body, headers: { origin: ORIGIN, ...headers } })
}
