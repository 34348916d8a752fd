import { initWasm, Resvg } from '@resvg/resvg-wasm'

/** There is one engine for all that this isolate paints; it refuses to be started a second time. */
let started: Promise<void> | undefined

/**
 * Paints an SVG `pixels` wide on a transparent ground. The engine is given no fonts: text has to come as outlines.
 * The same SVG gives the same bytes.
 */
export async function paintPng(svg: string, pixels: number, resvg: WebAssembly.Module): Promise<Uint8Array> {
  started ??= initWasm(resvg)
  await started
  const drawing = new Resvg(svg, {
    fitTo: { mode: 'width', value: pixels },
    font: { loadSystemFonts: false },
  })
  const image = drawing.render()
  const png = image.asPng()
  // The engine's memory lasts as long as the isolate.
  image.free()
  drawing.free()
  return png
}
