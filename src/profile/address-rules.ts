/**
 * Countries whose postal codes are regular, as the Universal Postal Union lists them. Elsewhere a code is
 * whatever the candidate says: many countries have none, and an address that we refuse is lost.
 */
const POSTAL_CODES: Record<string, RegExp> = {
  ...sameFor(['AT', 'AU', 'BE', 'BG', 'CH', 'CY', 'DK', 'HU', 'LI', 'LU', 'NO', 'NZ', 'SI', 'ZA'], /^\d{4}$/),
  ...sameFor(
    ['DE', 'EE', 'ES', 'FI', 'FR', 'HR', 'ID', 'IT', 'KE', 'KR', 'LT', 'MA', 'MC', 'MX', 'MY', 'PK'],
    /^\d{5}$/,
  ),
  ...sameFor(['SA', 'RS', 'TH', 'TR', 'UA'], /^\d{5}$/),
  ...sameFor(['CN', 'CO', 'IN', 'RO', 'RU', 'SG'], /^\d{6}$/),
  ...sameFor(['CZ', 'GR', 'SE', 'SK'], /^\d{3} ?\d{2}$/),
  BR: /^\d{5}-?\d{3}$/,
  CA: /^[ABCEGHJ-NPRSTVXY]\d[ABCEGHJ-NPRSTV-Z] ?\d[ABCEGHJ-NPRSTV-Z]\d$/,
  GB: /^([A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|GIR ?0AA)$/,
  JP: /^\d{3}-?\d{4}$/,
  NL: /^[1-9]\d{3} ?[A-Z]{2}$/,
  PL: /^\d{2}-\d{3}$/,
  PT: /^\d{4}-\d{3}$/,
  TW: /^\d{3}(-?\d{2,3})?$/,
  // Codes of both the old and the new kind are in use.
  KZ: /^(\d{6}|[A-Z]\d{2}[A-Z0-9]\d[A-Z]\d)$/,
  VN: /^\d{5,6}$/,
  US: /^\d{5}(-\d{4})?$/,
}

/** Countries in which post does not arrive without a state or province. */
const NEEDS_REGION = new Set(['AU', 'CA', 'US'])

export function isPostalCodeOf(country: string, code: string): boolean {
  return POSTAL_CODES[country]?.test(code) ?? true
}

export function needsRegion(country: string): boolean {
  return NEEDS_REGION.has(country)
}

function sameFor(countries: readonly string[], pattern: RegExp): Record<string, RegExp> {
  return Object.fromEntries(countries.map((country) => [country, pattern]))
}
