/** A glyph as shaping placed it, in font units; `cluster` is the index of the character it began with. */
export type ShapedGlyph = { id: number; cluster: number; advance: number; dx: number; dy: number }

export type ShapeOptions = {
  /** The part of the text to shape; what stands around it still decides how letters join. */
  start: number
  end: number
  rightToLeft: boolean
  /** A BCP 47 tag: some languages draw the same letter differently. */
  language?: string | undefined
}

export type ShapingFont = {
  /** The font as it lies in the engine's memory; good until the next font is opened or text is shaped. */
  bytes(): Uint8Array
  covers(codePoint: number): boolean
  shape(text: string, options: ShapeOptions): ShapedGlyph[]
}

export type HarfBuzz = { openFont(bytes: Uint8Array): ShapingFont }

const LEFT_TO_RIGHT = 4
const RIGHT_TO_LEFT = 5
const WRITABLE_BLOB = 2
const GLYPH_BYTES = 20
const PAGE_BYTES = 65_536

/** The functions of HarfBuzz's C interface in use here; numbers are pointers. */
type Library = {
  memory: WebAssembly.Memory
  __wasm_call_ctors(): void
  malloc(bytes: number): number
  free(pointer: number): void
  hb_blob_create(data: number, length: number, mode: number, userData: number, destroy: number): number
  hb_face_create(blob: number, index: number): number
  hb_font_create(face: number): number
  hb_font_get_nominal_glyph(font: number, codePoint: number, glyph: number): number
  hb_buffer_create(): number
  hb_buffer_destroy(buffer: number): void
  hb_buffer_add_utf16(buffer: number, text: number, length: number, start: number, count: number): void
  hb_buffer_set_direction(buffer: number, direction: number): void
  hb_buffer_set_language(buffer: number, language: number): void
  hb_buffer_guess_segment_properties(buffer: number): void
  hb_language_from_string(text: number, length: number): number
  hb_shape(font: number, buffer: number, features: number, featureCount: number): void
  hb_buffer_get_length(buffer: number): number
  hb_buffer_get_glyph_infos(buffer: number, length: number): number
  hb_buffer_get_glyph_positions(buffer: number, length: number): number
}

/**
 * Opens HarfBuzz from its compiled module. The package's own wrapper cannot be used: it fetches and compiles the
 * module itself, which workerd forbids. Fonts are never freed; each document opens its own and drops the whole.
 */
export async function openHarfBuzz(module: WebAssembly.Module): Promise<HarfBuzz> {
  const instance = await WebAssembly.instantiate(
    module,
    imports(() => library.memory),
  )
  const library = instance.exports as unknown as Library
  library.__wasm_call_ctors()
  return { openFont: (bytes) => openFont(library, bytes) }
}

function imports(memory: () => WebAssembly.Memory): WebAssembly.Imports {
  const stop = () => {
    throw new Error('HarfBuzz stopped')
  }
  return {
    env: {
      _emscripten_runtime_keepalive_clear: () => {},
      _setitimer_js: () => 0,
      _abort_js: stop,
      emscripten_resize_heap: (bytes: number) => grow(memory(), bytes >>> 0),
    },
    wasi_snapshot_preview1: { proc_exit: stop },
  }
}

function grow(memory: WebAssembly.Memory, bytes: number): 0 | 1 {
  try {
    memory.grow(Math.ceil((bytes - memory.buffer.byteLength) / PAGE_BYTES))
    return 1
  } catch {
    return 0
  }
}

function openFont(library: Library, bytes: Uint8Array): ShapingFont {
  const data = library.malloc(bytes.length)
  new Uint8Array(library.memory.buffer).set(bytes, data)
  const blob = library.hb_blob_create(data, bytes.length, WRITABLE_BLOB, 0, 0)
  const font = library.hb_font_create(library.hb_face_create(blob, 0))
  const answer = library.malloc(4)
  return {
    bytes: () => new Uint8Array(library.memory.buffer, data, bytes.length),
    covers: (codePoint) => library.hb_font_get_nominal_glyph(font, codePoint, answer) !== 0,
    shape: (text, options) => shape(library, font, text, options),
  }
}

function shape(library: Library, font: number, text: string, options: ShapeOptions): ShapedGlyph[] {
  const buffer = library.hb_buffer_create()
  const characters = writeText(library, text, Uint16Array)
  library.hb_buffer_add_utf16(buffer, characters, text.length, options.start, options.end - options.start)
  library.hb_buffer_set_direction(buffer, options.rightToLeft ? RIGHT_TO_LEFT : LEFT_TO_RIGHT)
  if (options.language) {
    const tag = writeText(library, options.language, Uint8Array)
    library.hb_buffer_set_language(buffer, library.hb_language_from_string(tag, options.language.length))
    library.free(tag)
  }
  library.hb_buffer_guess_segment_properties(buffer)
  library.hb_shape(font, buffer, 0, 0)
  const glyphs = readGlyphs(library, buffer)
  library.hb_buffer_destroy(buffer)
  library.free(characters)
  return glyphs
}

function writeText(library: Library, text: string, Units: typeof Uint16Array | typeof Uint8Array): number {
  const pointer = library.malloc(text.length * Units.BYTES_PER_ELEMENT + Units.BYTES_PER_ELEMENT)
  const units = new Units(library.memory.buffer, pointer, text.length)
  for (let index = 0; index < text.length; index++) units[index] = text.charCodeAt(index)
  return pointer
}

function readGlyphs(library: Library, buffer: number): ShapedGlyph[] {
  const length = library.hb_buffer_get_length(buffer)
  const infos = library.hb_buffer_get_glyph_infos(buffer, 0)
  const positions = library.hb_buffer_get_glyph_positions(buffer, 0)
  const view = new DataView(library.memory.buffer)
  return Array.from({ length }, (_, index) => {
    const info = infos + index * GLYPH_BYTES
    const position = positions + index * GLYPH_BYTES
    return {
      id: view.getUint32(info, true),
      cluster: view.getUint32(info + 8, true),
      advance: view.getInt32(position, true),
      dx: view.getInt32(position + 8, true),
      dy: view.getInt32(position + 12, true),
    }
  })
}
