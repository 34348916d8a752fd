import { base64url, CompactSign, compactVerify, errors } from 'jose'
import { deriveKey, HMAC_SHA256, readKeyring } from '../core/keyring.ts'

const ALGORITHM = 'HS256'
const LONGEST_TOKEN = 200

// Only the one spelling that we write: the last characters of 128 and 256 bits have unused bits that must be zero.
const TOKEN = /^([A-Za-z0-9_-]{20,60})\.([A-Za-z0-9_-]{21}[AQgw])\.[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/

/** The key that signs new links, and those that may have signed older ones, by the `kid` in their header. */
export type TranscriptKeys = { current: string; keys: ReadonlyMap<string, CryptoKey> }

/** Derived so that no other use of LINK_KEY can make a link. */
export async function transcriptKeys(linkKey: string): Promise<TranscriptKeys> {
  const ring = readKeyring(linkKey)
  const keys = await Promise.all(
    ring.map(async (key) => [key.id, await deriveKey(key, 'transcript link 1', HMAC_SHA256)] as const),
  )
  return { current: ring[0].id, keys: new Map(keys) }
}

function headerOf(kid: string) {
  return { alg: ALGORITHM, kid }
}

/** The link's secret part: the transcript's 128-bit public id, signed as a compact JWS. */
export function signTranscriptToken(publicId: string, { current, keys }: TranscriptKeys): Promise<string> {
  return new CompactSign(base64url.decode(publicId))
    .setProtectedHeader(headerOf(current))
    .sign(keys.get(current)!)
}

/** The public id in a token that we signed; null for anything else. Asks no database. */
export async function readTranscriptToken(token: string, { keys }: TranscriptKeys): Promise<string | null> {
  const [, header, publicId] = (token.length <= LONGEST_TOKEN && TOKEN.exec(token)) || []
  if (header === undefined || publicId === undefined) return null
  // The header is never parsed: it is one of those that we write, or it is not ours.
  const kid = [...keys.keys()].find((id) => base64url.encode(JSON.stringify(headerOf(id))) === header)
  if (kid === undefined) return null
  try {
    await compactVerify(token, keys.get(kid)!, { algorithms: [ALGORITHM] })
    return publicId
  } catch (error) {
    if (error instanceof errors.JOSEError) return null
    throw error
  }
}
