/** Crockford's base 32: no I, L, O or U, so that nothing on paper is misread. */
const CROCKFORD = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** The number that is printed for an award: random, so that it tells nobody how many there are. */
export function randomAwardNumber(certification: string): string {
  const [random] = crypto.getRandomValues(new BigUint64Array(1))
  const digits = String(random! % 10n ** 12n).padStart(12, '0')
  return `${certification}-${digits.slice(0, 4)}-${digits.slice(4, 8)}-${digits.slice(8)}`
}

/** 80 random bits as 16 characters: what an employer types from a paper to see whether it is true. */
export function randomVerificationCode(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => CROCKFORD[byte & 31]).join('')
}
