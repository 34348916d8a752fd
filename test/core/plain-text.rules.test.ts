import fc from 'fast-check'
import * as v from 'valibot'
import { describe, expect, test } from 'vitest'
import { isPrintable, mixesScripts, optionalLine, paragraphs, personName } from '../../src/core/plain-text.ts'

const name = personName(300, 'missing', 'refused')

describe('a person’s name', () => {
  test.each([
    ['Zofia Łączyńska-Østergård'],
    ['O’Brien, Jr.'],
    ['Нина Иванова'],
    ['山田 太郎'],
    ['ヤマダ・タロウ'],
    ['김민준'],
    ['محمد رضا'],
    ['می‌خواهم'],
    ['ක්‍රිස්තු'],
    ['ডা. শ্রী'],
    ['J. R. R. Tolkien'],
  ])('%s is one', (text) => {
    expect(v.safeParse(name, text)).toMatchObject({ success: true, output: text.normalize('NFC') })
  })

  test.each([
    ['Аda with a Cyrillic А', 'Аda'],
    ['a Greek omicron', 'Bοb'],
    ['a zero-width space', 'Ada\u200BByron'],
    ['a zero-width joiner in Latin', 'A\u200Dda'],
    ['a direction override', 'Ada \u202Enorym'],
    ['a soft hyphen', 'A\u00ADda'],
    ['a Hangul filler', '\u3164'],
    ['tag characters', 'Ada\u{E0041}'],
    ['a half of a pair', 'Ada\uD800'],
    ['markup', '<b>Ada</b>'],
    ['digits only', '1234'],
    ['a picture', 'Ada 🦄'],
    ['a line break', 'Ada\nByron'],
    ['301 letters', 'a'.repeat(301)],
  ])('%s is refused', (_, text) => {
    expect(v.safeParse(name, text).success).toBe(false)
  })

  test('is kept composed and with single spaces', () => {
    expect(v.parse(name, '  Rene\u0301   Descartes\u00A0')).toBe('René Descartes')
  })
})

test('scripts that are written together are not mixed up', () => {
  expect(mixesScripts('田中さん カタカナ')).toBe(false)
  expect(mixesScripts('Ada Байрон')).toBe(false)
  expect(mixesScripts('Аdа')).toBe(true)
})

test('whatever comes in, what comes out is printable, composed and no longer than allowed', () => {
  const line = optionalLine(20, 'refused')
  const text = paragraphs(50, 'refused')
  fc.assert(
    fc.property(
      fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: 'grapheme' }), fc.anything()),
      (given) => {
        for (const [schema, limit] of [
          [line, 20],
          [text, 50],
        ] as const) {
          const parsed = v.safeParse(schema, given)
          if (!parsed.success || parsed.output === null) continue
          expect(parsed.output).toBe(parsed.output.normalize('NFC'))
          expect([...parsed.output].length).toBeLessThanOrEqual(limit)
          expect(parsed.output.split('\n').every(isPrintable)).toBe(true)
        }
      },
    ),
  )
})
