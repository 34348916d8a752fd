import { describe, expect, test } from 'vitest'
import { fitted, piecesOf, wrap } from '../../src/documents/type/lines.ts'
import { printable } from '../../src/documents/type/runs.ts'
import { type Line, openTypesetter } from '../../src/documents/type/typesetter.ts'
import { fontsOnDisk } from './fonts-on-disk.ts'

const typesetter = openTypesetter(fontsOnDisk)
const set = async (text: string, language?: string) =>
  (await typesetter).set(text, { style: 'serif', language })

const drawn = (line: Line) => line.clusters.map((cluster) => cluster.text).join('|')
const fontsIn = (line: Line) => [...new Set(line.clusters.map((cluster) => cluster.face.name))]

/** A line as wide as it has characters: what breaking needs to know of type. */
const counted = async (text: string): Promise<Line> => ({
  text: text.trim(),
  clusters: [],
  width: text.trim().length,
})

describe('a line is drawn', () => {
  test('from right to left in Hebrew, from left to right within it in Latin', async () => {
    expect(drawn(await set('אב XY'))).toBe('X|Y|\u200f| |ב|א'.replace('\u200f|', ''))
  })

  test('with brackets turned round where they run from right to left', async () => {
    const [open, , close] = (await set('(א)')).clusters.map((cluster) => cluster.glyphs[0]!.id)
    const [latinOpen, , latinClose] = (await set('(a)')).clusters.map((cluster) => cluster.glyphs[0]!.id)

    expect([open, close]).toEqual([latinOpen, latinClose])
  })

  test('with Arabic letters joined', async () => {
    const [last] = (await set('سس')).clusters
    const [alone] = (await set('س')).clusters

    expect(last!.glyphs[0]!.id).not.toBe(alone!.glyphs[0]!.id)
  })

  test('with a conjunct as one and a vowel sign before its letter', async () => {
    expect(drawn(await set('क्षि'))).toBe('क्षि')
    expect((await set('क्षि')).clusters[0]!.glyphs.length).toBeLessThan(4)
  })

  test('with marks above one another', async () => {
    const [letter] = (await set('x̂̄')).clusters
    const heights = letter!.glyphs.map((glyph) => glyph.y)

    expect(letter!.text).toBe('x̂̄')
    expect(new Set(heights).size).toBeGreaterThan(1)
  })
})

describe('a font is chosen', () => {
  test('by script, spaces and digits going with what they follow', async () => {
    expect(fontsIn(await set('Ada 1'))).toEqual(['NotoSerif-Regular'])
    expect(fontsIn(await set('王、明'))).toEqual(['NotoSerifSC-Regular'])
    expect(fontsIn(await set('سارة 1'))).toEqual(['NotoNaskhArabic-Regular'])
    expect(fontsIn(await set('Ada 王'))).toEqual(['NotoSerif-Regular', 'NotoSerifSC-Regular'])
  })

  test('by region for Han: the language if known, else the letters beside it', async () => {
    expect(fontsIn(await set('直', 'ja'))).toEqual(['NotoSerifJP-Regular'])
    expect(fontsIn(await set('直', 'zh-TW'))).toEqual(['NotoSerifTC-Regular'])
    expect(fontsIn(await set('直', 'en'))).toEqual(['NotoSerifSC-Regular'])
    expect(fontsIn(await set('直子ちゃん'))).toEqual(['NotoSerifJP-Regular'])
  })
})

test('white space is one space, and what cannot be printed is nothing', () => {
  expect(printable('  Ada\t\n Lovelace\u0007\u00a0')).toBe('Ada Lovelace')
})

describe('lines are broken', () => {
  test('at spaces, never inside a hyphenated code', () => {
    expect(piecesOf('one NCIS-ENT, two')).toEqual(['one ', 'NCIS-ENT, ', 'two'])
  })

  test('between Han characters and between Thai words', () => {
    expect(piecesOf('东方不败').length).toBeGreaterThan(1)
    expect(piecesOf('สวัสดีครับ').join('')).toBe('สวัสดีครับ')
  })

  test('to fill the measure', async () => {
    const lines = await wrap(counted, 'aaa bbb ccc ddd', 7)

    expect(lines.map((line) => line.text)).toEqual(['aaa bbb', 'ccc ddd'])
  })

  test('in two only when one line would be too small, and then where the halves are most alike', async () => {
    const fit = { width: 100, size: 10, oneLineFrom: 5, twoLineSize: 6 }

    expect(await fitted(counted, 'short', fit)).toMatchObject({ size: 10, lines: [{ text: 'short' }] })
    expect(await fitted(counted, 'aaaa bbbb cccc', fit)).toMatchObject({ size: 100 / 14, lines: [{}] })
    expect(await fitted(counted, 'aaaaaaaa bbbbbb cccc dddd', fit)).toMatchObject({
      size: 6,
      lines: [{ text: 'aaaaaaaa bbbbbb' }, { text: 'cccc dddd' }],
    })
    expect(await fitted(counted, 'a'.repeat(50), fit)).toMatchObject({ size: 2, lines: [{}] })
  })
})
