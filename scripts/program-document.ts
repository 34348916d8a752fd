import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseDocument } from '../src/program/program.ts'

export type CheckedDocument = { name: string; document: string; sha256: string }

/** Reads and checks `program.json` of a folder. A faulty one throws an error that lists every fault with its path. */
export function readProgramFolder(folder: string): CheckedDocument {
  const file = join(folder, 'program.json')
  const parsed = parseDocument(JSON.parse(readFileSync(file, 'utf8')))
  if (!parsed.ok) {
    const faults = parsed.refusal.map(({ path, message }) => `  ${path || '(whole document)'}: ${message}`)
    throw new Error(`${file} is refused:\n${faults.join('\n')}`)
  }
  const document = JSON.stringify(parsed.value)
  return { name: parsed.value.name, document, sha256: createHash('sha256').update(document).digest('hex') }
}

/**
 * A decree is made on its day by the version of that day: one of a day before the version began whose place the document
 * takes would never be made. `beganOn`: null from the beginning.
 */
export function refuseDecreesBefore({ document }: CheckedDocument, beganOn: string | null): void {
  const { renewal } = JSON.parse(document) as { renewal: { extensions?: { id: string; on: string }[] } }
  const early = renewal.extensions?.find(({ on }) => beganOn !== null && on < beganOn)
  if (early)
    throw new Error(`renewal.extensions: "${early.id}" is before ${beganOn}, when the version in force began`)
}
