import { expect, test } from 'vitest'
import {
  certificationsUpward,
  examOfSeriesCode,
  findCertification,
  findExam,
  levelRank,
  seriesCodesOn,
} from '../../src/program/catalogue.ts'
import type { Exam } from '../../src/program/program.ts'
import { sampleProgram } from './sample-program.ts'

const program = sampleProgram()

test('old and new series codes mean the same exam, whatever their case and the blanks around them', () => {
  expect(examOfSeriesCode(program, 'JN0-105')?.code).toBe('JNCIA-Junos')
  expect(examOfSeriesCode(program, ' jn0-106 ')?.code).toBe('JNCIA-Junos')
  expect(examOfSeriesCode(program, 'JN0-999')).toBeNull()
})

test('what the program does not have is not found', () => {
  expect(findCertification(program, 'JNCIA-Junos')?.requires).toEqual({ exam: 'JNCIA-Junos' })
  expect(findCertification(program, 'constructor')).toBeNull()
  expect(findExam(program, '')).toBeNull()
})

test('levels rank upwards', () => {
  const [first, last] = [certificationsUpward(program)[0]!, certificationsUpward(program).at(-1)!]

  expect([first.code, levelRank(program, first)]).toEqual(['JNCIA-Cloud', 1])
  expect([last.code, levelRank(program, last)]).toEqual(['JNCIE-SP', 4])
})

test('JN0-105 gives way to JN0-106 after 5 April 2026', () => {
  const exam = findExam(program, 'JNCIA-Junos')!

  expect(seriesCodesOn(exam, '2026-04-05')).toEqual(['JN0-105'])
  expect(seriesCodesOn(exam, '2026-04-06')).toEqual(['JN0-106'])
})

test('where no date is known the newest code is the one to book', () => {
  expect(seriesCodesOn(findExam(program, 'JNCIS-ENT')!, '2026-11-23')).toEqual(['JN0-352'])
})

test('a code ends where the next one is known to begin, and none is in force in a gap', () => {
  const exam: Pick<Exam, 'codes'> = {
    codes: [
      { code: 'A' },
      { code: 'B', from: '2024-01-01', until: '2024-06-30' },
      { code: 'C', from: '2024-09-01' },
    ],
  }
  const on = (date: string) => seriesCodesOn(exam as Exam, date)

  expect(on('2023-12-31')).toEqual(['A'])
  expect(on('2024-01-01')).toEqual(['B'])
  expect(on('2024-06-30')).toEqual(['B'])
  expect(on('2024-07-01')).toEqual([])
  expect(on('2024-09-01')).toEqual(['C'])
})
