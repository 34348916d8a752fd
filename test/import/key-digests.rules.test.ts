import fc from 'fast-check'
import { expect, test } from 'vitest'
import { keyDigest, readDigests, repeatedAmong, writeDigests } from '../../src/import/key-digests.ts'

test('keys that stand there more than once are found, and no others', () => {
  fc.assert(
    fc.property(fc.array(fc.stringMatching(/^\d{1,3}$/), { maxLength: 300 }), (keys) => {
      const twice = new Set(keys.filter((key, index) => keys.indexOf(key) < index).map(keyDigest))

      const found = repeatedAmong(Float64Array.from(keys, keyDigest))

      expect(found).toHaveLength(twice.size)
      expect(new Set(found)).toEqual(twice)
    }),
  )
})

test('digests come back from base64 as they were', () => {
  fc.assert(
    fc.property(fc.array(fc.string()), (keys) => {
      const digests = Float64Array.from(keys, keyDigest)
      expect(readDigests(writeDigests(digests))).toEqual(digests)
    }),
  )
})

test('a million registrations in a row have a million digests', () => {
  const digests = Float64Array.from({ length: 1_000_000 }, (_, n) => keyDigest(String(100_000_000 + n)))

  expect(repeatedAmong(digests)).toEqual([])
})
