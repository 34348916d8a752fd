import { expect, test } from 'vitest'
import { demandsOf } from '../../src/program/requirement.ts'
import { sampleProgram } from './sample-program.ts'

const program = sampleProgram()

test('the sample holds every exam of the published table, newest code last', () => {
  const table = program.exams.map((exam) => [exam.code, exam.codes.map(({ code }) => code).join(' ')])

  expect(Object.fromEntries(table)).toEqual({
    'JNCIA-Junos': 'JN0-105 JN0-106',
    'JNCIA-SEC': 'JN0-232',
    'JNCIA-DC': 'JN0-281',
    'JNCIA-DevOps': 'JN0-224',
    'JNCIA-Cloud': 'JN0-214',
    'JNCIA-MistAI': 'JN0-253',
    'JNCIA-Design': 'JN0-1103',
    'JNCIS-ENT': 'JN0-351 JN0-352',
    'JNCIS-SP': 'JN0-363 JN0-364',
    'JNCIS-SEC': 'JN0-336',
    'JNCIS-DC': 'JN0-481',
    'JNCIS-DevOps': 'JN0-423',
    'JNCIS-MistAI-Wireless': 'JN0-452',
    'JNCIS-MistAI-Wired': 'JN0-460',
    'JNCIP-ENT': 'JN0-649 JN0-650',
    'JNCIP-SP': 'JN0-664',
    'JNCIP-SEC': 'JN0-637',
    'JNCIP-DC': 'JN0-683',
    'JNCIP-MistAI': 'JN0-750',
    'JNCIE-ENT': 'JPR-944 JPR-946',
    'JNCIE-SP': 'JPR-962',
    'JNCIE-SEC': 'JPR-935',
    'JNCIE-DC': 'JPR-981',
  })
})

test('written exams have 90 minutes and 65 questions, labs six hours', () => {
  for (const exam of program.exams) {
    if (exam.level === 'JNCIE') expect(exam).toMatchObject({ kind: 'lab', minutes: 360 })
    else expect(exam).toMatchObject({ kind: 'written', minutes: 90, questions: 65 })
  }
})

test.each([
  ['JNCIA-Junos', []],
  ['JNCIS-ENT', [['JNCIA-Junos']]],
  ['JNCIS-SP', [['JNCIA-Junos']]],
  ['JNCIS-SEC', [['JNCIA-SEC']]],
  ['JNCIS-DC', [['JNCIA-DC']]],
  ['JNCIS-DevOps', [['JNCIA-DevOps']]],
  ['JNCIS-MistAI-Wireless', [['JNCIA-MistAI']]],
  ['JNCIS-MistAI-Wired', [['JNCIA-MistAI']]],
  ['JNCIP-ENT', [['JNCIS-ENT']]],
  ['JNCIP-SP', [['JNCIS-SP']]],
  ['JNCIP-SEC', [['JNCIS-SEC']]],
  ['JNCIP-DC', [['JNCIS-DC', 'JNCIS-ENT']]],
  ['JNCIP-MistAI', [['JNCIS-MistAI-Wireless', 'JNCIS-MistAI-Wired']]],
  ['JNCIE-ENT', [['JNCIP-ENT']]],
  ['JNCIE-SP', [['JNCIP-SP']]],
  ['JNCIE-SEC', [['JNCIP-SEC']]],
  ['JNCIE-DC', [['JNCIP-DC']]],
])('%s needs %j', (code, prerequisites) => {
  const { requires } = program.certifications.find((one) => one.code === code)!
  const groups = (requires.all ?? [requires]).slice(1).map(demandsOf)
  expect(groups.map((group) => group.map(({ certification }) => certification))).toEqual(prerequisites)
})

test('a certification that does not say how long it is valid takes what the settings say', () => {
  const changed = sampleProgram((draft) => {
    draft.settings.awardValidityMonths = 24
    Object.assign(draft.certifications[0]!, { validityMonths: null })
    Object.assign(draft.certifications[1]!, { validityMonths: 12 })
  })

  expect(changed.certifications.slice(0, 3).map((one) => one.validityMonths)).toEqual([null, 12, 24])
})
