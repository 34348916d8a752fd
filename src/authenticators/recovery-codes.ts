import { sha256Hex } from '../core/tokens.ts'

export const RECOVERY_CODE_COUNT = 10

// Crockford's base 32: no letter that is taken for a digit.
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
/** 120 bits, so that a plain hash is enough to keep it (ASVS 6.5.2 asks for 112). */
const CODE_CHARACTERS = 24
const GROUP = 4

/** New codes as they are printed, `XXXX-XXXX-…`, and the hashes that we keep. */
export async function mintRecoveryCodes(): Promise<{ codes: string[]; hashes: string[] }> {
  const codes = Array.from({ length: RECOVERY_CODE_COUNT }, mintCode)
  return { codes, hashes: await Promise.all(codes.map((code) => sha256Hex(code.replaceAll('-', '')))) }
}

/** The hash under which a typed code would be kept; null for what cannot be one. Case and hyphens are passed over. */
export async function recoveryCodeHash(typed: string): Promise<string | null> {
  const code = typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1')
  const isCode =
    code.length === CODE_CHARACTERS && [...code].every((character) => ALPHABET.includes(character))
  return isCode ? sha256Hex(code) : null
}

function mintCode(): string {
  // 256 is a multiple of 32, so that every character is as likely.
  const characters = Array.from(
    crypto.getRandomValues(new Uint8Array(CODE_CHARACTERS)),
    (byte) => ALPHABET[byte % ALPHABET.length]!,
  ).join('')
  return characters.match(new RegExp(`.{${GROUP}}`, 'g'))!.join('-')
}
