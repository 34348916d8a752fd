import { base64url, CompactSign, compactVerify, errors } from 'jose'

// kid names the key, so that a later one can be told from this one while old links still work.
const HEADER = { alg: 'HS256', kid: '1' } as const
const encoder = new TextEncoder()
const ENCODED_HEADER = base64url.encode(JSON.stringify(HEADER))

// Only the one spelling that we write: the last characters of 128 and 256 bits have unused bits that must be zero.
const TOKEN = new RegExp(
  `^${ENCODED_HEADER}\\.([A-Za-z0-9_-]{21}[AQgw])\\.[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$`,
)

/** The key that signs links to transcripts, derived so that no other use of LINK_KEY can make one. */
export async function transcriptKey(linkKey: string): Promise<CryptoKey> {
  const secret = await crypto.subtle.importKey('raw', encoder.encode(linkKey), 'HKDF', false, ['deriveKey'])
  return crypto.subtle.deriveKey(
    { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: encoder.encode('transcript link 1') },
    secret,
    { name: 'HMAC', hash: 'SHA-256', length: 256 },
    false,
    ['sign', 'verify'],
  )
}

/** The link's secret part: the transcript's 128-bit public id, signed as a compact JWS. */
export function signTranscriptToken(publicId: string, key: CryptoKey): Promise<string> {
  return new CompactSign(base64url.decode(publicId)).setProtectedHeader(HEADER).sign(key)
}

/** The public id in a token that we signed; null for anything else. Asks no database. */
export async function readTranscriptToken(token: string, key: CryptoKey): Promise<string | null> {
  const publicId = TOKEN.exec(token)?.[1]
  if (publicId === undefined) return null
  try {
    await compactVerify(token, key, { algorithms: [HEADER.alg] })
    return publicId
  } catch (error) {
    if (error instanceof errors.JOSEError) return null
    throw error
  }
}
