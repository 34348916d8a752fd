import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto'

export const PASSWORD_MIN_CHARACTERS = 12
export const PASSWORD_MAX_CHARACTERS = 256

type Cost = { ln: number; r: number; p: number }
type Kept = { cost: Cost; salt: Buffer; key: Buffer }

// 32 MiB, about a quarter of a Worker's 128 MB. OWASP would have p=3 with it, at almost three times the CPU time.
const COST: Cost = { ln: 15, r: 8, p: 1 }
const SALT_BYTES = 16
const KEY_BYTES = 32
const ENCODED = /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

/** Nobody's password: it makes an account that does not exist cost the same time as one that does. */
const DECOY: Kept = { cost: COST, salt: Buffer.alloc(SALT_BYTES), key: Buffer.alloc(KEY_BYTES) }

/**
 * NFKC, as NIST SP 800-63B has it: the same keys pressed on another device are the same password, whichever way
 * that device composes an accent, and full-width letters of an input method equal the plain ones.
 */
function normalized(password: string): string {
  return password.normalize('NFKC')
}

/** In characters, as the password is hashed. */
export function passwordLength(password: string): number {
  return [...normalized(password)].length
}

/** The password as it is kept, with its parameters, so that they can be raised without asking anyone. */
export async function encodePassword(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES)
  const key = await derive(password, salt, COST)
  const { ln, r, p } = COST
  return `$scrypt$ln=${ln},r=${r},p=${p}$${unpadded(salt)}$${unpadded(key)}`
}

/** Whether the password is the one kept. Takes the same time where none is kept. */
export async function isPassword(given: string, encoded: string | null): Promise<boolean> {
  // Nobody has such a password, and hashing what a stranger sent should cost no more than a password.
  if (passwordLength(given) > PASSWORD_MAX_CHARACTERS) return false
  const kept = encoded === null ? DECOY : decode(encoded)
  const key = await derive(given, kept.salt, kept.cost)
  return timingSafeEqual(key, kept.key) && encoded !== null
}

/** Whether it was encoded with parameters that are not today's; who signs in with it gets it encoded anew. */
export function isOutdated(encoded: string): boolean {
  const { cost } = decode(encoded)
  return cost.ln !== COST.ln || cost.r !== COST.r || cost.p !== COST.p
}

function derive(password: string, salt: Buffer, { ln, r, p }: Cost): Promise<Buffer> {
  const N = 2 ** ln
  const options = { N, r, p, maxmem: 2 * 128 * N * r }
  return new Promise((resolve, reject) => {
    scrypt(normalized(password), salt, KEY_BYTES, options, (error, key) => {
      if (error) reject(error)
      else resolve(key)
    })
  })
}

function decode(encoded: string): Kept {
  const [, ln, r, p, salt, key] = ENCODED.exec(encoded) ?? []
  if (salt === undefined || key === undefined) throw new Error('a kept password is not in our encoding')
  return {
    cost: { ln: Number(ln), r: Number(r), p: Number(p) },
    salt: Buffer.from(salt, 'base64'),
    key: Buffer.from(key, 'base64'),
  }
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}
