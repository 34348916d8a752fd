import fc from 'fast-check'

/** What has broken other sites: half an escape, bytes that are no text, names that every object has. */
const CLASSICS = [
  '',
  '%',
  '%ff',
  '%00',
  '%E0%A4%A',
  '%ED%A0%80',
  '%C0%80',
  '%2e%2e%2f%2e%2e%2f',
  '%252e',
  '%5c%5cevil.example',
  '%0d%0aset-cookie:%20a=b',
  '%E2%80%AE',
  '..',
  '//evil.example',
  '\\\\evil.example',
  '__proto__',
  'constructor',
  'toString',
  '0',
  '-1',
  '007',
  '1e9',
  '0x10',
  'NaN',
  '999999999999999',
  '9'.repeat(40),
  'x'.repeat(9000),
  "' OR 1=1 --",
  '"><script>alert(1)</script>',
  '\u202Efdp.etacifitrec',
  '\uD800',
  '🪪'.repeat(100),
  'e\u0301'.repeat(500),
]

const anyText = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...CLASSICS) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 60 }) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 60 }) },
)

/** A good value with something wrong with it, now and then with nothing. */
function bentFrom(known: readonly string[]) {
  return fc
    .record({ value: fc.constantFrom(...known), at: fc.nat(60), put: anyText, drop: fc.nat(2) })
    .map(({ value, at, put, drop }) => value.slice(0, at) + put + value.slice(at + drop))
}

/** One piece of a path, escaped or as it is. */
export function hostileSegment(known: readonly string[]) {
  const text = fc.oneof(anyText, bentFrom(known), fc.constantFrom(...known))
  return fc.record({ text, escaped: fc.boolean() }).map(({ text, escaped }) => {
    return escaped ? encodeURIComponent(text.toWellFormed()) : text
  })
}

const NAMES = ['page', 'code', 'return_to', 'sent', 'saved', 'signed-out', '__proto__', '']

export const hostileQuery = fc
  .array(fc.tuple(fc.constantFrom(...NAMES), anyText), { maxLength: 3 })
  .map((pairs) => pairs.map(([name, value]) => `${name}=${value}`).join('&'))

const COOKIES = ['__Host-session', '__Host-bookmark', '__Host-pending', '__Host-browser', '__proto__', '']

/** As far as a header can carry it. */
export const hostileCookie = fc
  .array(fc.tuple(fc.constantFrom(...COOKIES), fc.constantFrom('=', '', '=="'), anyText), { maxLength: 3 })
  .map((pairs) =>
    pairs
      .map((parts) => parts.join(''))
      .join('; ')
      .replace(/[^\x20-\x7E]/g, '?'),
  )

const FIELDS = [
  'account',
  'password',
  'email',
  'candidateId',
  'return_to',
  'code',
  'recovery_code',
  'passkey',
  'validThrough',
  'remarks',
  'award',
  'submission',
  'country',
  'region',
  'postalCode',
  'addressLine1',
  'phone',
  'timeZone',
  'locale',
  '__proto__',
  '',
]

export function hostileForm(known: readonly string[]) {
  const value = fc.oneof(anyText, bentFrom(known), fc.constantFrom('en', 'US', '2027-01-01', '2027-02-30'))
  return fc.array(fc.tuple(fc.constantFrom(...FIELDS), value), { maxLength: 8 })
}
