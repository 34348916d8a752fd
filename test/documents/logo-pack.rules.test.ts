import { strFromU8, unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { drawLogoPack } from '../../src/documents/logo-pack.ts'
import { logoFiles, logoUsage } from '../../src/documents/logo-usage.ts'
import { translator } from '../../src/i18n/messages.ts'
import { fontsOnDisk, resvgOnDisk } from './fonts-on-disk.ts'

const seal = {
  code: 'NCIS-ENT',
  lines: ['NCIS', 'ENT'],
  hue: 155,
  rings: 2,
  label: 'Seal of NCIS-ENT',
} as const
const usage = logoUsage(translator('en'), {
  programName: 'Networks Certification Program',
  certificationName: 'Enterprise Routing, Specialist',
  disclaimer: 'Independent.',
  files: logoFiles(seal.code),
})

const draw = () => drawLogoPack(seal, usage, fontsOnDisk, resvgOnDisk)

test('a logo pack holds the seal at every size and says how to use it', async () => {
  const files = unzipSync(await draw())

  expect(Object.keys(files)).toEqual(['NCIS-ENT.svg', 'NCIS-ENT-512.png', 'NCIS-ENT-1024.png', 'README.txt'])
  const width = (name: string) => Buffer.from(files[name]!).readUInt32BE(16)
  expect([width('NCIS-ENT-512.png'), width('NCIS-ENT-1024.png')]).toEqual([512, 1024])
  expect(strFromU8(files['README.txt']!)).toBe(usage)
})

test('the usage text names every file, and when the seal may be shown', () => {
  expect(usage).toContain('- NCIS-ENT.svg: ')
  expect(usage).toContain('- NCIS-ENT-1024.png: 1024 by 1024 pixels')
  expect(usage).toContain('only while the certification is active')
})

test('the same seal gives the same bytes', async () => {
  const [first, second] = [await draw(), await draw()]

  expect(Buffer.from(first).equals(second)).toBe(true)
})

test('file names keep letters of every script and nothing that a system forbids', () => {
  expect(logoFiles('Ñ/C: 网络*').svg).toBe('Ñ-C-网络-.svg')
})
