/** The code of an eCertificate: 80 bits in Crockford's base 32, which leaves out I, L, O and U. */
const CODE = /^[0-9A-HJKMNP-TV-Z]{16}$/

/** More than anyone types around a code; a longer text is not looked at. */
const TYPED_LIMIT = 100

/**
 * The code that someone meant: case, spaces and hyphens do not count, and letters that a paper makes look
 * like digits are those digits. Null when no certificate can have it.
 */
export function readVerificationCode(typed: string): string | null {
  if (typed.length > TYPED_LIMIT) return null
  const code = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Pd}\p{Cf}]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  return CODE.test(code) ? code : null
}

/** As it is printed, in groups that an eye can keep: `7K3M-9Q2R-XW40-5TBN`. */
export function printedVerificationCode(code: string): string {
  return code.match(/.{1,4}/g)?.join('-') ?? code
}
