export const mail = {
  'mail.greeting': 'Hello {name},',
  'mail.candidate-id': 'Candidate ID',
  'mail.support': 'Questions? {text} Write to {email} or see {url}',
  'mail.sender': 'Sent by the record office of the {program}.',

  'mail.welcome.subject': 'Your record with the {program}',
  'mail.welcome.why':
    'An exam registration under your name has reached the {program}. From now on this is where your exams, results and certifications are kept, and where you show them to others.',
  'mail.welcome.how': 'Choose a password to open your record. The link works once, within 7 days.',
  'mail.welcome.link': 'Open my record',
  'mail.welcome.fresh':
    'If the link is used or too old, choose “Never logged in before?” on the sign-in page to get a fresh one: {url}',

  'mail.result.subject': 'Your result of {exam} is here',
  'mail.result.text':
    'What became of an exam that you were registered for is now in your record. Sign in to see it.',
  'mail.result.exam': 'Exam',
  'mail.result.code': 'Exam code',
  'mail.result.date': 'Date of the exam',
  'mail.result.link': 'See my exams',

  'mail.result-changed.subject': 'Your result of {exam} has changed',
  'mail.result-changed.grade':
    'The test vendor has sent a correction: the grade of this exam is another one now. Sign in to see it.',
  'mail.result-changed.score':
    'The test vendor has sent a correction: the score of this exam is another one now, and the grade stays. Sign in to see it.',
  'mail.result-changed.outcome':
    'The test vendor has sent a correction about what happened at this sitting. Sign in to see it.',
  'mail.result-changed.held':
    'This result is being looked at, and is not shown until that is done. You need not do anything; you get a mail when it is released.',
  'mail.result-changed.released': 'This result was looked at and is released again. Sign in to see it.',
  'mail.result-changed.revoked':
    'The test vendor has revoked this result: it does not count any more. If you do not know why, write to us.',
  'mail.result-changed.restored': 'This result had been revoked, and counts again. Sign in to see it.',
  'mail.result-changed.awards':
    'Certifications that depend on it follow by themselves; under Certifications, Status, you see how they stand.',

  'mail.program-changed.subject': 'Your certifications: the rules of {program} have changed',
  'mail.program-changed.text': 'A change of the program’s rules has changed what you hold:',
  'mail.program-changed.nothing-to-do': 'You do not need to do anything.',
  'mail.program-changed.look':
    'Please look at it: your record says why, what renews each certification, and by when.',
  'mail.program-changed.earned': 'Awarded; expiry date: {after}',
  'mail.program-changed.lost': 'It does not count any more; it would have expired: {before}',
  'mail.program-changed.expired': 'It is not active any more: it has expired on {after}, instead of {before}',
  'mail.program-changed.restored': 'It is active again; it expires: {after}',
  'mail.program-changed.merged': 'It is one with your other award of this certification now',
  'mail.program-changed.extended': 'It expires later: {after} instead of {before}',
  'mail.program-changed.shortened': 'It expires earlier: {after} instead of {before}',
  'mail.program-changed.redated': 'It counts as awarded on another day: {after} instead of {before}',
  'mail.award.subject': 'You have earned {certification}',
  'mail.award.text': 'Congratulations. This certification is now in your record.',
  'mail.award.certification': 'Certification',
  'mail.award.awarded-on': 'Awarded on',
  'mail.award.expires-on': 'Expires on',
  'mail.award.never-expires': 'Never',
  'mail.award.download':
    'Your eCertificate and logo are ready to download under Certifications, Status, and under Share you can publish a transcript for an employer.',
  'mail.award.expired':
    'Its expiry date has passed already. Under Certifications, Status, you see what you hold today.',
  'mail.award.link': 'See my certifications',

  'mail.activation.subject': 'Your link to open your record with the {program}',
  'mail.activation.why':
    'Somebody, we hope you, asked on our sign-in page for a link to open this record, and gave this address or your candidate ID.',
  'mail.activation.how': 'Choose a password to open your record. The link works once, within 7 days.',
  'mail.activation.link': 'Choose a password',

  'mail.password-reset.subject': 'Your candidate ID, and a link to a new password',
  'mail.password-reset.why':
    'Somebody, we hope you, asked on our sign-in page for help to sign in, and gave this address or your candidate ID. The candidate ID stands above.',
  'mail.password-reset.how': 'To choose a new password, follow the link. It works once, within 1 hour.',
  'mail.password-reset.link': 'Choose a new password',

  'mail.not-you':
    'If it was not you, you need not do anything: without the link nothing in your record changes.',
} as const
