export const home = {
  'home.title': 'Home',
  'home.greeting': 'Welcome, {name}',

  'home.attention': 'Needs your attention',
  'home.attention.none': 'Nothing needs your attention today.',

  'home.suspended': '{certification} is suspended',
  'home.suspended.text': 'It does not count until Program Support has settled the record that it rests on.',
  'home.expiring.one': '{certification} expires on {date}, {distance}.',
  'home.expiring.many.one': '{count} certification expires soon',
  'home.expiring.many.other': '{count} certifications expire soon',
  'home.expiring.item': '{certification}: {date}, {distance}',
  'home.expiring.quickest': 'Pass {exam} by {date}.',
  'home.expiring.renews.one': 'It renews {count} of your certifications.',
  'home.expiring.renews.other': 'It renews {count} of your certifications.',
  'home.expiring.link': 'See what keeps each one',
  'home.late': 'The result of {exam}, taken on {date}, is late',
  'home.late.text': 'It should have been here by {date}.',
  'home.result': '{exam}, {date}: {outcome}',
  'home.result.link': 'See the result',
  'home.profile': 'Your profile is not complete',
  'home.profile.text':
    'It has no {missing}. Without them mail about your exams and certifications may not reach you.',
  'home.profile.email': 'e-mail address',
  'home.profile.phone': 'phone number',
  'home.profile.address': 'postal address',
  'home.profile.link': 'Update Information',

  'home.certifications': 'Certifications',
  'home.certifications.count.one': '{count} active certification',
  'home.certifications.count.other': '{count} active certifications',
  'home.certifications.none': 'You hold no active certification.',
  'home.certifications.until': 'until {date}',
  'home.certifications.forever': 'does not expire',
  'home.certifications.link': 'Status and downloads',

  'home.exams': 'Exams',
  'home.exams.next': 'Next exam',
  'home.exams.none': 'You have no appointment ahead.',
  'home.exams.awaited.one': '{count} result is on its way.',
  'home.exams.awaited.other': '{count} results are on their way.',
  'home.exams.link': 'All exams and results',
  'home.exams.register': 'Register for an exam',

  'home.share': 'Share',
  'home.share.text': 'Give an employer a link to the certifications you choose, for as long as you choose.',
  'home.share.link': 'Publish Credentials',

  'front.title': 'Record office',
  'front.lead':
    'Here candidates of the {program} see what they have earned and prove it, and employers check it.',
  'front.candidates': 'For candidates',
  'front.candidates.text':
    'Your exams and results, your certifications and what keeps them, your eCertificates, and links to share.',
  'front.sign-in': 'Sign in',
  'front.first': 'Never logged in before?',
  'front.employers': 'For employers',
  'front.employers.text':
    'Type the verification code printed on an eCertificate, or open the link that a candidate gave you. You need no account.',
  'front.verify': 'Check a certificate',
} as const
