import { strToU8, zipSync } from 'fflate'
import type { Translate } from '../i18n/messages.ts'
import type { Program } from '../program/program.ts'
import type { PersonRecord } from './record.ts'
import { RecordDocument } from './record-views.tsx'

/** The earliest time that ZIP can say, by the clock of wherever this runs: ZIP knows no zones. */
const NO_TIME = new Date(1980, 0, 1)

/** The record as a ZIP: for programs, for people, and a word about both. */
export async function packRecord(t: Translate, program: Program, record: PersonRecord): Promise<Uint8Array> {
  const html = await RecordDocument({ t, program, record })
  const readme = [
    t('record.title', { program: program.name }),
    '',
    t('record.readme.html'),
    t('record.readme.json'),
    t('record.readme.keys'),
    t('record.readme.secrets'),
    '',
  ]
  return zipSync(
    {
      'README.txt': strToU8(readme.join('\r\n')),
      'record.html': strToU8(`<!doctype html>${html}`),
      'record.json': strToU8(`${JSON.stringify(record, null, 2)}\n`),
    },
    { level: 6, mtime: NO_TIME },
  )
}
