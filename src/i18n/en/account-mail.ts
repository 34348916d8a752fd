/** Mails about the account itself. */
export const accountMail = {
  'mail.greeting-unnamed': 'Hello,',

  'mail.security.subject': '{what}',
  'mail.security.text': 'Something changed in how your record with the {program} is reached.',
  'mail.security.what': 'What',
  'mail.security.when': 'When',
  'mail.security.device': 'Device',
  'mail.security.not-you':
    'If this was you, there is nothing to do. If not, choose a new password at once: that ends every session.',
  'mail.security.activity': 'See account activity',
  'mail.security.reset': 'Choose a new password',

  'mail.address-confirmation.subject': 'Confirm this e-mail address',
  'mail.address-confirmation.why':
    'Somebody, we hope you, added {address} to a record with the {program}. Once you confirm it, you can sign in with it. The link works once, within 24 hours.',
  'mail.address-confirmation.link': 'Confirm this address',

  'mail.address-in-use.subject': 'Somebody tried to add your e-mail address',
  'mail.address-in-use.why':
    'Somebody tried to add this address to another record with the {program}. It belongs to your record, so nothing was changed, and they were not told.',
  'mail.address-in-use.how':
    'If it was you, you have two records. Sign in to the one with this address, or ask for a link to it; under Profile you can merge the two. If it was not you, there is nothing to do.',
  'mail.address-in-use.link': 'Get a link to my record',

  'mail.address-undo.subject': 'Your mail from us goes to another address now',
  'mail.address-undo.why':
    'The primary e-mail address of your record with the {program} was changed; until now it was this one.',
  'mail.address-undo.how':
    'If you did this, there is nothing to do. If not, change it back before {until}. Until then this address cannot be taken off your record.',
  'mail.address-undo.link': 'Change it back',
  'mail.address-undo.what':
    'Changing it back ends every session, takes the password out of use, and takes away addresses and passkeys that were added lately: whoever changed it can then no longer get in. You choose a new password by a link to this address.',

  'mail.recovery-confirmation.subject': 'Confirm this address to get back into your record',
  'mail.recovery-confirmation.why':
    'Somebody, we hope you, can no longer reach the e-mail address of their record with the {program} and gave this one instead. The link leads on. It works within 24 hours.',
  'mail.recovery-confirmation.link': 'Go on',

  'mail.recovery-notice.subject': 'A new e-mail address is about to be added to your record',
  'mail.recovery-notice.why':
    'Somebody told us that they can no longer reach the e-mail addresses of your record with the {program}, and proved that it is theirs.',
  'mail.recovery-notice.how':
    'If it was you, there is nothing to do: the new address counts from {at}. If it was not you, stop it before then.',
  'mail.recovery-notice.link': 'It was not me: stop it',
  'mail.recovery-notice.owner':
    'We wait this week, and write to every address on the record, because somebody who got hold of your papers may know all that you know. Whoever reads this mail can stop them.',

  'request.kind.name_change': 'change of name',
  'request.kind.address_recovery': 'lost e-mail address',
  'request.kind.merge_conflict': 'merging of two records',
  'request.kind.course_completion': 'recertification by a course',
  'request.kind.missing_result': 'missing result',
  'request.kind.result_question': 'question about a result',
  'request.kind.other': 'question',

  'mail.request-received.subject': 'We have your request: {kind}',
  'mail.request-received.text':
    'Program staff will look at it, and we write to you when it is decided. A file that you sent is encrypted, seen by a reviewer only, and destroyed when the request is decided, after 30 days at the latest.',
  'mail.request-received.question':
    'Program Support will look at it, and we write to you when they answer. Until then you can write more about it, or withdraw it.',
  'mail.request.link': 'See my request',
  'mail.request-decided.approved': 'approved',
  'mail.request-decided.refused': 'refused',
  'mail.request-decided.subject': 'Your request was {outcome}: {kind}',
  'mail.request-decided.text':
    'Your request ({kind}) was {outcome}. A file that you sent has been destroyed.',
  'mail.request-decided.reason': 'Reason',

  'mail.course-taken-back.subject': 'A course does not count any more: {course}',
  'mail.course-taken-back.text':
    'Program staff approved this course before, and have taken it back. What it renewed expires as it would have without it. If that is wrong, send the course in once more, or write to us.',
  'mail.course-taken-back.course': 'Course',
  'mail.course-taken-back.completed': 'Last day',

  'mail.request-message.subject': 'A message about your request: {kind}',
  'mail.request-message.text': 'Program Support wrote to you about your request ({kind}):',
  'mail.request-message.files': 'Files came with it. Sign in to get them: this mail does not carry them.',
  'mail.request-message.ended':
    'With this your request is answered. If something is still open, reply, and it is taken up again.',
  'mail.request-message.reply': 'Read all messages and reply, without signing in',
  'mail.request-message.link':
    'This link works for 14 days. Whoever has it can read and write about this one request, and see nothing else of your account: do not pass it on. Replies to this mail itself do not reach the request.',
  'mail.request-reply.subject': 'A candidate wrote: {kind}',
  'mail.request-reply.text':
    'A candidate wrote about a request that you see to ({kind}). What they wrote stands in the console.',
  'mail.request-reply.link': 'Open the request',

  'mail.merge-proof.subject': 'Confirm that this record is yours',
  'mail.merge-proof.why':
    'Somebody, we hope you, has another record with the {program} and wants to merge this one into it. To prove that this one is yours, too, follow the link in the browser in which you are signed in to the other. It works once, within 1 hour.',
  'mail.merge-proof.link': 'This record is mine',

  'mail.data-ready.subject': 'The copy of your data is ready',
  'mail.data-ready.text':
    'The copy of your data that you asked for is ready. The link works once, until {date}; you need to be signed in.',
  'mail.data-ready.link': 'Download my data',

  'mail.closing.subject': 'Your account closes on {date}',
  'mail.closing.text':
    'You asked us to close your account. On {date} your name, addresses and everything else about you is erased; nobody can bring it back.',
  'mail.closing.ends': 'Certificates that were issued to you can then no longer be verified by anyone.',
  'mail.closing.keeps':
    'As you chose, certificates that were issued to you can still be verified: your name and what they print stays for that.',
  'mail.closing.stop': 'Until then you can change your mind: sign in and stop it.',
  'mail.closing.link': 'Keep my account',

  'mail.review.subject': 'Is your information with the {program} still right?',
  'mail.review.text':
    'It is a year since you last looked. A new employer, address or phone? The most important is an e-mail address that stays yours when you change jobs.',
  'mail.review.link': 'Look at my information',

  'mail.digest.subject': 'Waiting for you in the console of the {program}',
  'mail.digest.text':
    'This waits for somebody who decides. You get this mail on business days on which anything does.',
  'mail.digest.open': 'Open requests',
  'mail.digest.over-two-days': 'Of these older than two days',
  'mail.digest.deliveries': 'Deliveries that want a look',
  'mail.digest.rows': 'Rows in quarantine',
  'mail.digest.late': 'Late results',
  'mail.digest.doubted': 'Approved courses that their holder took back',
  'mail.digest.proposals': 'Acts on many certifications, for a second person',
  'mail.digest.changes': 'Changes of the program, for a second person',
  'mail.digest.held-runs': 'Changes that are done, and whose mails are held back',
  'mail.digest.link': 'Open the console',

  'mail.staff-invitation.subject': 'You are invited to the staff console of the {program}',
  'mail.staff-invitation.why':
    'You are invited to work in the record office of the {program} as {role}. The link works once, within 3 days.',
  'mail.staff-invitation.link': 'Accept the invitation',
} as const
