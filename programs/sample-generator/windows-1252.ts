const HIGH = '€\u0081‚ƒ„…†‡ˆ‰Š‹Œ\u008dŽ\u008f\u0090‘’“”•–—˜™š›œ\u009džŸ'

const codes = new Map<string, number>([
  ...Array.from({ length: 128 }, (_, code): [string, number] => [String.fromCharCode(code), code]),
  ...[...HIGH].map((character, place): [string, number] => [character, 0x80 + place]),
  ...Array.from({ length: 96 }, (_, place): [string, number] => [
    String.fromCharCode(0xa0 + place),
    0xa0 + place,
  ]),
])

/** The text in windows-1252, or null when it has a character that is not in it. */
export function encodeWindows1252(text: string): Uint8Array | null {
  const bytes = new Uint8Array(text.length)
  for (let place = 0; place < text.length; place += 1) {
    const code = codes.get(text[place]!)
    if (code === undefined) return null
    bytes[place] = code
  }
  return bytes
}
