import { zipSync } from 'fflate'
import { logoFiles } from './logo-usage.ts'
import { paintPng } from './png.ts'
import { sealShapes, sealSvg } from './seal-artwork.ts'
import type { SealFacts } from './seal-geometry.ts'
import { type Fonts, openTypesetter } from './type/typesetter.ts'

/** The earliest time that ZIP can say, by the clock of wherever this runs: ZIP knows no zones. */
const NO_TIME = new Date(1980, 0, 1)

const encoder = new TextEncoder()

/** The seal as SVG and PNG with its usage text (see logo-usage.ts), as a ZIP. The same seal gives the same bytes. */
export async function drawLogoPack(
  seal: SealFacts,
  usage: string,
  fonts: Fonts,
  resvg: WebAssembly.Module,
): Promise<Uint8Array<ArrayBuffer>> {
  const svg = sealSvg(seal, await sealShapes(seal, await openTypesetter(fonts)))
  const names = logoFiles(seal.code)
  const files: Record<string, Uint8Array> = { [names.svg]: encoder.encode(svg) }
  for (const { name, pixels } of names.pngs) files[name] = await paintPng(svg, pixels, resvg)
  files['README.txt'] = encoder.encode(usage)
  return zipSync(files, { level: 6, mtime: NO_TIME })
}
