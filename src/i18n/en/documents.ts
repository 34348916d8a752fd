export const documents = {
  'documents.seal.label': 'Seal of {certification}',

  'documents.ecertificate.title': '{certification}: certificate of {holder}',
  'documents.ecertificate.heading': 'Certificate',
  'documents.ecertificate.records': 'This is to record that',
  'documents.ecertificate.earned': 'has earned the certification',
  'documents.ecertificate.level': '{level} · {code}',
  'documents.ecertificate.awarded-on': 'Awarded on',
  'documents.ecertificate.expires-on': 'Expires on',
  'documents.ecertificate.never-expires': 'Does not expire',
  'documents.ecertificate.number': 'Certification number',
  'documents.ecertificate.verification-code': 'Verification code',
  'documents.ecertificate.verify': 'Check this certificate',
  'documents.ecertificate.qr': 'QR code that leads to {url}',
  'documents.ecertificate.standing':
    'Dates as recorded when this certificate was made. Whether the certification is in force today is told only by the page at the address above.',

  'documents.logo.usage.heading': 'Seal of {certification}',
  'documents.logo.usage.program': 'A certification of {program}',
  'documents.logo.usage.files': 'What is in this archive',
  'documents.logo.usage.svg': 'for print and screen, at any size; its text is drawn, so no font is needed',
  'documents.logo.usage.png': '{pixels} by {pixels} pixels on a transparent ground',
  'documents.logo.usage.terms': 'Using the seal',
  'documents.logo.usage.while-active':
    'Show it only while the certification is active, and only for the person who earned it.',
  'documents.logo.usage.unchanged':
    'Do not redraw, recolour, stretch or crop it, and leave free space of a tenth of its width around it.',
  'documents.logo.usage.no-proof':
    'A picture proves nothing: give readers a published transcript or the verification code of your eCertificate.',
} as const
