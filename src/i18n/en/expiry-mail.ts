/** Reminders of awards that expire. */
export const expiryMail = {
  'mail.expiry.subject': '{certification} expires on {date}',
  'mail.expiry.subject.many': '{count} of your certifications expire soon, the first on {date}',
  'mail.expiry.subject.over': '{certification} has expired',
  'mail.expiry.subject.over.many': '{count} of your certifications have expired',
  'mail.expiry.soon': 'Until the day that is given, and on that day, this is active; after it, it is not.',
  'mail.expiry.day': '{date}, {distance}',
  'mail.expiry.grace': 'it can still be renewed until {date}',
  'mail.expiry.advice':
    '{exam} ({codes}), passed on {date} at the latest, renews {certifications}. Leave time for a second attempt, and for the result to reach us.',
  'mail.expiry.no-advice': 'Under Certifications, Status, you see what keeps each of them, and by when.',
  'mail.expiry.over':
    'The day until which this was active has passed. It stays in your record as expired, and transcripts and eCertificates show it as such. Under Certifications, Status, you see what you hold today.',
  'mail.expiry.link': 'See my certifications',
  'mail.expiry.stop': 'You can turn reminders off under Profile.',
} as const
