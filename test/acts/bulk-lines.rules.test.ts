import { expect, test } from 'vitest'
import { meantAwards, readLines } from '../../src/acts/bulk-lines.ts'
import { sampleProgram } from '../program/sample-program.ts'

const program = sampleProgram()
const found = [
  { id: 1, number: 'JNCIA-Junos-0000-0000-0001', verificationCode: '7K3M9Q2RXW405TBN' },
  { id: 2, number: 'JNCIS-ENT-0000-0000-0002', verificationCode: 'AAAA9Q2RXW405TBN' },
]

test('numbers and codes are found as people type them, and lines keep their place', () => {
  const text = '\n jncia-junos 0000 0000 0001\r\n\r\naaaa-9q2r-xw4o-5tbn\nJNCIS-ENT-0000-0000-0009'

  expect(meantAwards(readLines(text, program), found)).toEqual({
    awardIds: [1, 2],
    unknown: [{ line: 5, text: 'JNCIS-ENT-0000-0000-0009' }],
    double: [],
  })
})

test('what is named twice counts once, however it is named', () => {
  const text = 'JNCIA-Junos-0000-0000-0001\n7K3M-9Q2R-XW40-5TBN\nJNCIA-Junos-0000-0000-0001'

  expect(meantAwards(readLines(text, program), found)).toEqual({
    awardIds: [1],
    unknown: [],
    double: [
      { line: 2, text: '7K3M-9Q2R-XW40-5TBN', earlier: 1 },
      { line: 3, text: 'JNCIA-Junos-0000-0000-0001', earlier: 1 },
    ],
  })
})
