import UPNG from '@cantoo/pdf-lib/upng'
import { describe, expect, test } from 'vitest'
import { hexOf, mixed, rgbOf } from '../../src/documents/colour.ts'
import { paintPng } from '../../src/documents/png.ts'
import { Seal } from '../../src/documents/seal.tsx'
import { sealShapes, sealSvg } from '../../src/documents/seal-artwork.ts'
import { sealGeometry } from '../../src/documents/seal-geometry.ts'
import { openTypesetter } from '../../src/documents/type/typesetter.ts'
import { fontsOnDisk, resvgOnDisk } from './fonts-on-disk.ts'

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

  test('PNG: of the size asked for, clear outside, coloured inside, white in the ring', async () => {
    const png = await paintPng(sealSvg(seal, await shapesOf()), 200, resvgOnDisk)
    const image = UPNG.decode(png.slice().buffer)
    const pixels = new Uint8Array(UPNG.toRGBA8(image)[0]!)
    const pixelAt = (x: number, y: number) => [...pixels.subarray((y * 200 + x) * 4, (y * 200 + x) * 4 + 4)]

    expect([image.width, image.height]).toEqual([200, 200])
    expect(pixelAt(0, 0)).toEqual([0, 0, 0, 0])
    expect(pixelAt(100, 40)).toEqual([14, 95, 54, 255])
    expect(
      pixelAt(100, 20)
        .slice(0, 3)
        .every((channel) => channel > 200),
    ).toBe(true)
  })
})
