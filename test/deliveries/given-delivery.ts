import { env } from 'cloudflare:workers'
import * as schema from '../../src/schema.ts'
import { db, LONG_AGO } from '../support/builders.ts'
import { ORIGIN, send } from '../support/requests.ts'

let serial = 0

/** A delivery as it stands in the record, imported unless the test says otherwise. */
export async function givenDelivery(given: Partial<typeof schema.deliveries.$inferInsert> = {}) {
  serial += 1
  const sha256 = String(serial).padStart(64, '0')
  const [row] = await db
    .insert(schema.deliveries)
    .values({
      id: crypto.randomUUID(),
      feed: 'pearson',
      name: 'exam-2026-05-04.dat',
      sha256,
      bytes: 1000,
      vendorTime: Date.parse('2026-05-04'),
      receivedAt: new Date(LONG_AGO.getTime() + serial),
      receivedBy: 'api',
      objectKey: `deliveries/pearson/${sha256}`,
      state: 'imported',
      ...given,
    })
    .returning()
  return row!
}

type Chunk = Partial<typeof schema.deliveryChunks.$inferInsert> & { deliveryId: string }

/** A piece of a delivery that was applied, with no rows but those that the test names. */
export async function givenChunk(given: Chunk) {
  const counts = {
    rowsNew: 0,
    rowsChanged: 0,
    rowsUnchanged: 0,
    rowsSuperseded: 0,
    rowsQuarantined: 0,
    rowsSkipped: 0,
    ...given,
  }
  const { rowsNew, rowsChanged, rowsUnchanged, rowsSuperseded, rowsQuarantined, rowsSkipped } = counts
  await db.insert(schema.deliveryChunks).values({
    run: 1,
    member: 'exam.dat',
    byteOffset: 0,
    nextOffset: 1000,
    nextLine: 3,
    rowsRead: rowsNew + rowsChanged + rowsUnchanged + rowsSuperseded + rowsQuarantined + rowsSkipped,
    appliedAt: LONG_AGO,
    ...counts,
  })
}

/** A form with a file, as a browser sends it: other fields first, and its end behind the file. */
export function uploadForm(fields: Record<string, string>, file: { name: string; content: string }) {
  const boundary = '----formBoundary7MA4YWxk'
  const parts = [
    ...Object.entries(fields).map(
      ([name, value]) =>
        `--${boundary}\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
    ),
    `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="${file.name}"\r\n`,
    `Content-Type: application/octet-stream\r\n\r\n${file.content}`,
    `\r\n--${boundary}--\r\n`,
  ]
  const body = new TextEncoder().encode(parts.join(''))
  return { body, type: `multipart/form-data; boundary=${boundary}` }
}

/** Its import stays with the scheduler. */
export const notStarting = { IMPORT_WORKFLOW: { create: async () => ({}) } as unknown as Workflow }

export function upload(
  headers: Record<string, string>,
  { body, type }: { body: Uint8Array; type: string },
  bindings: Partial<Env> = notStarting,
) {
  const about = { origin: ORIGIN, 'content-type': type, 'content-length': String(body.length) }
  return send(
    '/staff/deliveries/new',
    { method: 'POST', body: body as Uint8Array<ArrayBuffer>, headers: { ...about, ...headers } },
    bindings,
  )
}

export async function objectKeys(): Promise<string[]> {
  return (await env.BUCKET.list()).objects.map(({ key }) => key)
}
