import { describe, expect, test } from 'vitest'
import { PHOTO_LIMIT_BYTES, readPhoto } from '../../src/requests/photo.ts'
import { fileOf, heic, jpeg, pdf, png } from './given-photo.ts'

const typeOf = async (file: unknown) => {
  const read = await readPhoto(file)
  return read.ok ? read.value.mediaType : read.refusal
}

test.each([
  ['image/jpeg', jpeg()],
  ['image/png', png()],
  ['image/heic', heic()],
  ['image/heic', heic('heix\x00\x00\x00\x00heix')],
  ['image/heic', heic('mif1\x00\x00\x00\x00mif1heic')],
  ['application/pdf', pdf()],
] as const)('reads %s by what is in it, whatever it is called', async (mediaType, bytes) => {
  const file = fileOf(bytes, '../../../etc/passwd\u0000.svg', 'image/svg+xml')

  expect(await typeOf(file)).toBe(mediaType)
})

test('a film that a phone hides behind its picture is no reason to refuse', async () => {
  expect(await typeOf(fileOf(jpeg('\x00\x00\x00\x18ftypmp42')))).toBe('image/jpeg')
})

describe('refused', () => {
  const head = (bytes: Uint8Array, part: number) => bytes.subarray(0, Math.floor(bytes.length * part))
  const zip = `PK\x05\x06${'\x00'.repeat(18)}`

  test.each([
    ['an SVG', '<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'],
    ['an SVG behind an XML declaration', '<?xml version="1.0"?><svg/>'],
    ['HTML', '<!doctype html><script>alert(1)</script>'],
    ['PHP', '<?php system($_GET["c"]); ?>'],
    ['a ZIP', 'PK\x03\x04\x14\x00\x00\x00'],
    ['a GIF', 'GIF89a\x01\x00\x01\x00;'],
    ['WebP', 'RIFF\x00\x00\x00\x00WEBPVP8 '],
    ['a TIFF', 'II*\x00\x08\x00\x00\x00'],
    ['HTML with a PDF header behind it', `<html>\n%PDF-1.7\nstartxref\n0\n%%EOF`],
    ['a PDF without a trailer', '%PDF-1.7\n1 0 obj\n'],
    ['text', 'I have no camera'],
    ['one byte', '\xff'],
    ['a JPEG that is HTML behind its first bytes', '\xff\xd8\xff<script>alert(1)</script>\xff\xd9'],
  ])('%s', async (_, text) => {
    const bytes = Uint8Array.from(text, (character) => character.charCodeAt(0))

    expect(await typeOf(fileOf(bytes))).toBe('requests.photo.refused')
  })

  test.each([
    ['JPEG', jpeg()],
    ['PNG', png()],
    ['HEIC', heic()],
    ['PDF', pdf()],
  ])('half a %s', async (_, bytes) => {
    expect(await typeOf(fileOf(head(bytes, 0.5)))).toBe('requests.photo.refused')
    expect(await typeOf(fileOf(head(bytes, 0.9)))).toBe('requests.photo.refused')
  })

  test('a picture that is a ZIP as well', async () => {
    expect(await typeOf(fileOf(jpeg(zip)))).toBe('requests.photo.refused')
  })

  test.each(['avif\x00\x00\x00\x00mif1avif', 'isom\x00\x00\x00\x00isomheic', 'mif1\x00\x00\x00\x00mif1avif'])(
    'a file of another brand: %s',
    async (brands) => {
      expect(await typeOf(fileOf(heic(brands)))).toBe('requests.photo.refused')
    },
  )

  test('boxes and segments that run past the end', async () => {
    const longBox = heic()
    longBox[longBox.length - 28] = 0xff
    const longSegment = jpeg()
    longSegment[4] = 0xff

    expect(await typeOf(fileOf(longBox))).toBe('requests.photo.refused')
    expect(await typeOf(fileOf(longSegment))).toBe('requests.photo.refused')
  })

  test('more than 10 MB, and exactly that is not', async () => {
    const full = jpeg('\x00'.repeat(PHOTO_LIMIT_BYTES - jpeg().length))

    expect(full.length).toBe(PHOTO_LIMIT_BYTES)
    expect(await typeOf(fileOf(full))).toBe('image/jpeg')
    expect(await typeOf(fileOf(jpeg('\x00'.repeat(PHOTO_LIMIT_BYTES))))).toBe('requests.photo.large')
  })

  test('nothing, an empty file, text and several files', async () => {
    expect(await typeOf(undefined)).toBe('requests.photo.missing')
    expect(await typeOf('')).toBe('requests.photo.missing')
    expect(await typeOf(fileOf('', ''))).toBe('requests.photo.missing')
    expect(await typeOf(fileOf('', 'empty.jpg'))).toBe('requests.photo.refused')
    expect(await typeOf('id.jpg')).toBe('requests.photo.refused')
    expect(await typeOf([fileOf(jpeg()), fileOf(jpeg())])).toBe('requests.photo.refused')
  })
})
