import * as v from 'valibot'

/** What people call their account: an address on their record, or the candidate ID printed on their papers. */
export type AccountName = { kind: 'email'; normalized: string } | { kind: 'candidate_id'; id: string }

/** SMTP takes no longer address (RFC 5321, 4.5.3.1). */
const LONGEST_EMAIL = 320
const LONGEST_CANDIDATE_ID = 50

/** The form in which an address is looked up; the import keeps addresses in the same. */
export function normalizeEmail(address: string): string {
  return address.normalize('NFC').toLowerCase()
}

/** Null for what can be neither. An ID may be typed with the spaces in which it is printed. */
export function readAccountName(typed: string): AccountName | null {
  const text = typed.trim().normalize('NFC')
  if (/\p{Cc}/u.test(text) || !text.isWellFormed()) return null
  if (text.includes('@')) {
    const isEmail = /^[^\s@]+@[^\s@]+$/.test(text) && text.length <= LONGEST_EMAIL
    return isEmail ? { kind: 'email', normalized: normalizeEmail(text) } : null
  }
  const id = text.replace(/\s/g, '')
  return id !== '' && id.length <= LONGEST_CANDIDATE_ID ? { kind: 'candidate_id', id } : null
}

/** A field in which an account is named, by either name or by one kind of name only. */
export function accountNameField(refusal: string, kind?: AccountName['kind']) {
  return v.pipe(
    v.optional(v.string(refusal), ''),
    v.rawTransform<string, AccountName>(({ dataset, addIssue, NEVER }) => {
      const name = readAccountName(dataset.value)
      if (name !== null && (kind === undefined || name.kind === kind)) return name
      addIssue({ message: refusal })
      return NEVER
    }),
  )
}
