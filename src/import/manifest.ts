import * as v from 'valibot'
import { ok, type Result, refuse } from '../core/result.ts'
import { readInstant } from './cells.ts'

const Count = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(Number.MAX_SAFE_INTEGER))

const ListedFile = v.strictObject({
  name: v.pipe(v.string(), v.minLength(1), v.maxLength(200)),
  rows: Count,
  sha256: v.pipe(v.string(), v.regex(/^[0-9a-fA-F]{64}$/), v.toLowerCase()),
  delimiter: v.exactOptional(v.picklist(['comma', 'tab'])),
  totals: v.exactOptional(
    v.strictObject({
      pass: v.exactOptional(Count),
      fail: v.exactOptional(Count),
      pending: v.exactOptional(Count),
      none: v.exactOptional(Count),
      no_show: v.exactOptional(Count),
    }),
  ),
})

/** As `programs/neutral-csv/manifest.schema.json` has it. */
export const ManifestSchema = v.strictObject({
  feed: v.pipe(v.string(), v.minLength(1), v.maxLength(20)),
  mode: v.picklist(['delta', 'bulk']),
  created_at: v.pipe(
    v.string(),
    v.check((text) => readInstant(text) !== null, 'is no instant with its offset'),
  ),
  sequence: Count,
  files: v.pipe(v.array(ListedFile), v.minLength(1), v.maxLength(200)),
})

export type Manifest = v.InferOutput<typeof ManifestSchema>

/** Reads a manifest, or says what is wrong with it first. */
export function readManifest(text: string): Result<Manifest, string> {
  let parsed: unknown
  try {
    parsed = JSON.parse(text)
  } catch {
    return refuse('is not JSON')
  }
  const manifest = v.safeParse(ManifestSchema, parsed)
  if (manifest.success) return ok(manifest.output)
  const [issue] = manifest.issues
  const path = v.getDotPath(issue)
  return refuse(path === null ? issue.message : `${path}: ${issue.message}`)
}

/** Whether a member of a ZIP is its manifest, by its name. */
export function isManifest(member: string): boolean {
  return /^(?:[^/]+\/)?manifest\.json$/i.test(member)
}
