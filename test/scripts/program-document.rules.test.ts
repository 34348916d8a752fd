import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import document from '../../programs/juniper/program.json' with { type: 'json' }
import { readProgramFolder } from '../../scripts/program-document.ts'

function folderWith(program: unknown): string {
  const folder = mkdtempSync(join(tmpdir(), 'testamur-'))
  writeFileSync(join(folder, 'program.json'), JSON.stringify(program))
  return folder
}

test('the sample program is read whole and always hashes alike', () => {
  const program = readProgramFolder('programs/juniper')

  expect(program.name).toBe(document.name)
  expect(readProgramFolder('programs/juniper')).toEqual(program)
})

test('a contradicting program is refused with every fault and its path', () => {
  const faulty = structuredClone(document)
  faulty.settings.timeZone = 'Mars/Olympus'
  faulty.certifications[0]!.exam = 'nothing'

  expect(() => readProgramFolder(folderWith(faulty))).toThrow(
    /settings\.timeZone: .+\n +certifications\[0\]\.exam: .+/,
  )
})
