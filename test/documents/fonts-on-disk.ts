import { readFileSync } from 'node:fs'
import { gunzipSync } from 'node:zlib'
import type { Fonts } from '../../src/documents/type/typesetter.ts'

const root = new URL('../..', import.meta.url).pathname

/** The Worker's own fonts and engines, for tests that run outside it. */
export const fontsOnDisk: Fonts = {
  harfbuzz: compiled('harfbuzzjs/dist/harfbuzz.wasm'),
  read: async (name) => new Uint8Array(gunzipSync(readFileSync(`${root}src/assets/fonts/${name}.ttf.gz`))),
}

export const resvgOnDisk = compiled('@resvg/resvg-wasm/index_bg.wasm')

/** The Workers types have no constructor: there, modules come compiled. */
function compiled(path: string): WebAssembly.Module {
  return Reflect.construct(WebAssembly.Module, [readFileSync(`${root}node_modules/${path}`)])
}
