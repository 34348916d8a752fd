import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import document from '../../programs/juniper/program.json' with { type: 'json' }
import { readProgramFolder, refuseDecreesBefore } from '../../scripts/program-document.ts'

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

test('a decree of a day before the version in force began is refused: nothing would come of it', () => {
  const decreed = { ...structuredClone(document), renewal: { ...document.renewal, extensions: [EXTENSION] } }
  const program = readProgramFolder(folderWith(decreed))

  expect(() => refuseDecreesBefore(program, '2026-06-01')).toThrow(/"old" is before 2026-06-01/)
  expect(() => refuseDecreesBefore(program, '2026-05-01')).not.toThrow()
  expect(() => refuseDecreesBefore(program, null)).not.toThrow()
})

const EXTENSION = {
  id: 'old',
  name: 'Old',
  on: '2026-05-01',
  expiresFrom: '2026-03-01',
  expiresUntil: '2026-09-30',
  months: 6,
}
