import { env } from 'cloudflare:workers'
import resvg from '@resvg/resvg-wasm/index_bg.wasm'
import { unzipSync } from 'fflate'
import { expect, test } from 'vitest'
import { drawECertificate } from '../../src/documents/ecertificate.ts'
import { fontsFrom } from '../../src/documents/fonts.ts'
import { drawLogoPack } from '../../src/documents/logo-pack.ts'
import { ecertificateFacts } from './ecertificate-facts.ts'

/** The fonts of the binding, and the names of those that were asked for. */
function watchedFonts() {
  const fonts = fontsFrom(env.ASSETS)
  const names: string[] = []
  const read = (name: string) => {
    names.push(name)
    return fonts.read(name)
  }
  return { fonts: { ...fonts, read }, names }
}

test('the Worker draws an eCertificate with only the fonts that it needs', async () => {
  const { fonts, names } = watchedFonts()

  const pdf = await drawECertificate(ecertificateFacts({ holderName: 'श्रीकृष्ण Łukasz' }), fonts)

  expect(new TextDecoder('latin1').decode(pdf)).toMatch(/^%PDF-1\.7.*%%EOF$/s)
  expect(names.sort()).toEqual([
    'NotoSans-SemiBold',
    'NotoSerif-Italic',
    'NotoSerif-Regular',
    'NotoSerif-SemiBold',
    'NotoSerifDevanagari-Regular',
  ])
})

test('the Worker draws a name that takes every East Asian font', async () => {
  const { fonts, names } = watchedFonts()

  const pdf = await drawECertificate(ecertificateFacts({ holderName: '欧阳㛃雪 﨑子 홍길동' }), fonts)

  expect(pdf.length).toBeGreaterThan(20_000)
  expect(names).toContain('NotoSerifKR-Regular')
})

test('two at once come out as they would one by one', async () => {
  const draw = (holderName: string) =>
    drawECertificate(ecertificateFacts({ holderName }), fontsFrom(env.ASSETS))

  const [first, second] = await Promise.all([draw('علاء الدين'), draw('Hồng Phượng')])

  expect(await draw('علاء الدين')).toEqual(first)
  expect(await draw('Hồng Phượng')).toEqual(second)
})

test('the Worker makes logo packs, two at once as one by one', async () => {
  const { seal } = ecertificateFacts()
  const draw = (hue: number) => drawLogoPack({ ...seal, hue }, 'usage', fontsFrom(env.ASSETS), resvg)

  const [green, blue] = await Promise.all([draw(155), draw(250)])

  expect(Object.keys(unzipSync(green))).toHaveLength(4)
  expect(await draw(155)).toEqual(green)
  expect(await draw(250)).toEqual(blue)
})

test('a font that is not among the assets is named', async () => {
  await expect(fontsFrom(env.ASSETS).read('Nowhere')).rejects.toThrow('Font Nowhere is missing')
})
