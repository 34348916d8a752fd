import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'drizzle-orm'
import { openDatabase } from '../src/core/database.ts'
import { ROOT } from './local-platform.ts'

export const PROGRAM_FOLDER = join(ROOT, 'programs', 'juniper')
export const SAMPLE_FOLDER = join(PROGRAM_FOLDER, 'sample')
export const SAMPLE_FEED = 'pearson'

/** Puts those sample deliveries that the database has not seen yet where a vendor would; answers how many. */
export async function putSampleDeliveries(env: Env): Promise<number> {
  const known = await openDatabase(env.DB).all<{ sha256: string }>(
    sql`SELECT sha256 FROM deliveries WHERE feed = ${SAMPLE_FEED}`,
  )
  const seen = new Set(known.map((row) => row.sha256))
  const files = readdirSync(SAMPLE_FOLDER).filter((name) => /\.(zip|dat|csv)$/.test(name))
  const unseen = files
    .map((name) => ({ name, bytes: readFileSync(join(SAMPLE_FOLDER, name)) }))
    .filter(({ bytes }) => !seen.has(createHash('sha256').update(bytes).digest('hex')))
  for (const { name, bytes } of unseen) await env.BUCKET.put(`inbox/${SAMPLE_FEED}/${name}`, bytes)
  return unseen.length
}
