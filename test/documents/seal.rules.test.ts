import { unzlibSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { hexOf, mixed, rgbOf } from '../../src/documents/colour.ts'
import { rasterise } from '../../src/documents/raster.ts'
import { Seal } from '../../src/documents/seal.tsx'
import { sealPng, sealShapes, sealSvg } from '../../src/documents/seal-artwork.ts'
import { sealGeometry } from '../../src/documents/seal-geometry.ts'
import { polygon, ring } from '../../src/documents/type/outline.ts'
import { openTypesetter } from '../../src/documents/type/typesetter.ts'
import { fontsOnDisk } from './fonts-on-disk.ts'

const seal = {
  code: 'NCIS-ENT',
  lines: ['NCIS', 'ENT'],
  hue: 155,
  rings: 2,
  label: 'Seal of <NCIS-ENT>',
} as const
const shapesOf = async (facts = seal) => sealShapes(facts, await openTypesetter(fontsOnDisk))

describe('colours', () => {
  test('are those that browsers show', () => {
    expect(hexOf(rgbOf({ lightness: 1, chroma: 0, hue: 0 }))).toBe('#ffffff')
    expect(hexOf(rgbOf({ lightness: 0.5, chroma: 0, hue: 0 }))).toBe('#636363')
    expect(hexOf(rgbOf({ lightness: 0.627955, chroma: 0.257683, hue: 29.2339 }))).toBe('#ff0000')
    expect(hexOf(rgbOf({ lightness: 0.43, chroma: 0.1, hue: 155 }))).toBe('#0e5f36')
  })

  test('lose chroma, not lightness or hue, where sRGB has no such colour', () => {
    const [red, green, blue] = rgbOf({ lightness: 0.43, chroma: 0.3, hue: 195 })

    expect(red).toBeLessThanOrEqual(1)
    expect(Math.abs(green - blue)).toBeLessThan(10)
  })

  test('mix as if one lay on the other', () => {
    expect(mixed([255, 255, 255], [0, 0, 100], 0.5)).toEqual([128, 128, 178])
  })
})

describe('geometry', () => {
  test('a ring for each level, within reason', () => {
    expect(sealGeometry({ ...seal, rings: 1 }).rings).toHaveLength(1)
    expect(sealGeometry({ ...seal, rings: 4 }).rings).toHaveLength(4)
    expect(sealGeometry({ ...seal, rings: 40 }).rings).toHaveLength(6)
  })

  test('longer lines are smaller, and held to the room there is', () => {
    const [, short] = sealGeometry(seal).lines
    const [, long] = sealGeometry({ ...seal, lines: ['NCIS', 'Wireless-Networking'] }).lines

    expect(short!.fit).toBeNull()
    expect(long!.size).toBeLessThan(short!.size)
    expect(long!.fit).toBeGreaterThan(40)
  })

  test('a single line stands in the middle', () => {
    const [line, ...others] = sealGeometry({ ...seal, lines: ['NCIS', ''] }).lines

    expect(others).toEqual([])
    expect(line!.baseline).toBeGreaterThan(50)
  })
})

describe('on a page', () => {
  test('it is named, and needs no style of its own', () => {
    const markup = String(Seal(seal))

    expect(markup).toContain('role="img" aria-label="Seal of &lt;NCIS-ENT&gt;"')
    expect(markup).toContain('oklch(43% 0.1 155)')
    expect(markup).not.toMatch(/style=|<style|aria-hidden/)
  })

  test('it is grey when muted, and hidden where words stand beside it', () => {
    const markup = String(Seal({ ...seal, label: '', muted: true }))

    expect(markup).toContain('oklch(50% 0 0)')
    expect(markup).toContain('aria-hidden="true"')
  })
})

describe('as a file', () => {
  test('SVG: nothing but named paths', async () => {
    const svg = sealSvg(seal, await shapesOf())

    expect(svg).toContain('<title>Seal of &lt;NCIS-ENT&gt;</title>')
    expect(svg.match(/<path /g)).toHaveLength(3)
    expect(svg).not.toMatch(/<text|font|style|NaN|undefined/)
  })

  test('PNG: of the size asked for, clear outside, coloured inside, the same every time', async () => {
    const shapes = await shapesOf()
    const png = sealPng(shapes, 64)
    const image = rasterise(shapes, 0.64, 64)

    expect(Buffer.from(png.subarray(1, 4)).toString()).toBe('PNG')
    expect(new DataView(png.buffer).getUint32(16)).toBe(64)
    expect([...image.subarray(0, 4)]).toEqual([0, 0, 0, 0])
    expect([...image.subarray((12 * 64 + 32) * 4, (12 * 64 + 32) * 4 + 4)]).toEqual([14, 95, 54, 255])
    expect(Buffer.from(sealPng(await shapesOf(), 64)).equals(png)).toBe(true)
  })

  test('PNG: rows give back the pixels', async () => {
    const shapes = await shapesOf()
    const image = rasterise(shapes, 0.16, 16)
    const png = sealPng(shapes, 16)
    const data = Buffer.from(png).indexOf('IDAT')
    const length = new DataView(png.buffer).getUint32(data - 4)
    const rows = unzlibSync(png.subarray(data + 4, data + 4 + length))

    const decoded = new Uint8Array(16 * 64)
    for (let row = 0; row < 16; row++) {
      for (let byte = 0; byte < 64; byte++) {
        const above = row === 0 ? 0 : decoded[(row - 1) * 64 + byte]!
        decoded[row * 64 + byte] = rows[row * 65 + 1 + byte]! + above
      }
    }
    expect([...decoded]).toEqual([...image])
  })
})

describe('a shape covers', () => {
  const alphas = (image: Uint8Array) => [...image].filter((_, index) => index % 4 === 3)

  test('the share of each pixel that lies inside it', () => {
    const half = polygon([
      [0, 0],
      [1.5, 0],
      [1.5, 1],
      [0, 1],
    ])

    expect(alphas(rasterise([{ contours: [half], colour: [1, 2, 3] }], 1, 2))).toEqual([255, 128, 0, 0])
  })

  test('not the hole of a ring', () => {
    const image = rasterise([{ contours: ring(8, 8, 6, 2), colour: [0, 0, 0] }], 1, 16)

    expect(alphas(image)[8 * 16 + 8]).toBe(0)
    expect(alphas(image)[8 * 16 + 13]).toBe(255)
    expect(alphas(image)[0]).toBe(0)
  })
})
