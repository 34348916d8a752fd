import harfbuzz from 'harfbuzzjs/dist/harfbuzz.wasm'
import type { Fonts } from './type/typesetter.ts'

/** The Worker's fonts, read from its static assets: only those that a document turns out to need. */
export function fontsFrom(assets: Fetcher): Fonts {
  return {
    harfbuzz,
    read: async (name) => {
      // Only the path matters to the binding.
      const response = await assets.fetch(`https://assets.local/fonts/${name}.ttf.gz`)
      if (!response.ok || !response.body)
        throw new Error(`Font ${name} is missing from the assets: ${response.status}`)
      return unpacked(response.body)
    },
  }
}

/** The fonts lie packed: as they are, the Chinese ones alone would pass 20 MB. */
export async function unpacked(stream: ReadableStream<Uint8Array>): Promise<Uint8Array> {
  const whole = new Response(stream.pipeThrough(new DecompressionStream('gzip')))
  return new Uint8Array(await whole.arrayBuffer())
}
