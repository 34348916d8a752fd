export const verification = {
  'standing.active': 'Active',
  'standing.expired': 'Expired',
  'standing.suspended': 'Suspended',
  'standing.revoked': 'Revoked',
  'standing.emeritus': 'Emeritus',

  'verification.title': 'Check a certificate',
  'verification.intro':
    'Every eCertificate carries a verification code of 16 letters and digits. Enter it to see what the program has on record today.',
  'verification.code': 'Verification code',
  'verification.code.hint': 'Spaces, hyphens and small letters do not matter.',
  'verification.code.missing': 'Enter the verification code',
  'verification.code.impossible':
    'No certificate has such a code: it has 16 letters and digits, as printed on the certificate',
  'verification.check': 'Check',

  'verification.unknown.title': 'No certificate has this code',
  'verification.unknown.text':
    'Compare the code with the paper, letter by letter, and try again. If it is right and still unknown here, the paper was not issued by this program.',

  'verification.certificate.title': 'Certificate check',
  'verification.verdict.active': 'This certification is active',
  'verification.verdict.expired': 'Expired: this certification ended on {date}',
  'verification.verdict.suspended':
    'Suspended since {date}: the program does not vouch for this certification now',
  'verification.verdict.emeritus': 'Emeritus since {date}: an honour for good, not an active certification',
  'verification.verdict.revoked': 'Revoked on {date}: this certification must not be relied on',
  'verification.checked': "Checked against the program's record on {at}.",
  'verification.merged':
    'The paper with the code {code} was replaced when the record was corrected. These are the facts of the certificate that took its place.',
  'verification.certification': 'Certification',
  'verification.level': 'Level',
  'verification.level-and-code': '{level} · {code}',
  'verification.standing': 'Standing',
  'verification.awarded': 'Awarded on',
  'verification.expires': 'Expires on',
  'verification.lasting': 'Does not expire',
  'verification.number': 'Certification number',
  'verification.program': 'Program',
  'verification.compare':
    'Compare every line with the paper in your hands. If one differs, trust this page and not the paper.',
  'verification.host': 'You are on {host}, the only place where these records are checked.',
  'verification.another': 'Check another certificate',
} as const
