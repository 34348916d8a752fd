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
