export const merge = {
  'merge.title': 'Merge two records',
  'merge.intro':
    'If you have another record in this program, perhaps under an old employer’s address, it can become one with this one. Results, certifications and links of both go on, and both candidate IDs lead here.',
  'merge.done': 'The two records are one now. Both candidate IDs lead to it.',
  'merge.sent':
    'If there is such a record, a link is on its way to the addresses of it that can be written to. Follow it in this browser, within an hour.',

  'merge.proved.title': 'Proved to be yours',
  'merge.proved.link': 'Look at what merging with {id} would do',

  'merge.link.title': 'Prove it by a link',
  'merge.link.text': 'We mail a link to the addresses of the other record. It tells nobody that you asked.',
  'merge.link.account': 'Candidate ID or e-mail address of the other record',
  'merge.link.submit': 'Send a link',
  'merge.password.title': 'Prove it by its password',
  'merge.password.record': 'Candidate ID or a confirmed e-mail address of the other record',
  'merge.password.password': 'Password of the other record',
  'merge.password.code': 'Code of the other record',
  'merge.password.code.hint':
    'Only if the other record asks for one: from its authenticator app, or a recovery code.',
  'merge.password.submit': 'Check the password',

  'merge.account.missing': 'Enter the candidate ID or e-mail address of the other record',
  'merge.account.own': 'This is the record that you are signed in to: name the other one',
  'merge.password.missing': 'Enter the password of the other record',
  'merge.refused':
    'This did not prove another record to be yours: check the name and the password, and the code if it asks for one',

  'merge.proof.title': 'Is this record yours, too?',
  'merge.proof.text':
    'You are signed in to {own}, and followed a link that was mailed to {other}. If both are yours, say so; nothing is merged yet.',
  'merge.proof.code': 'Code of {id}',
  'merge.proof.code.hint': 'It is protected by an authenticator app: its code, or a recovery code.',
  'merge.proof.code.refused': 'This code is wrong, or was used before',
  'merge.proof.submit': 'Both records are mine',

  'merge.dead.title': 'This does not lead to a merge',
  'merge.dead.text':
    'A link works once, within an hour, and only while you are signed in to the record that asked for it. What was proved counts for an hour, too.',
  'merge.dead.fresh': 'Begin again',

  'merge.preview.title': 'Merge {other} into {own}',
  'merge.preview.intro':
    'Nothing has happened yet. The name, the profile and the primary address of the record that you are signed in to stay.',
  'merge.preview.caption': 'The two records',
  'merge.preview.which': 'Record',
  'merge.preview.id': 'Candidate ID',
  'merge.preview.name': 'Name',
  'merge.preview.stays': 'Stays',
  'merge.preview.joins': 'Joins it',
  'merge.preview.what': 'What joins',
  'merge.joining.nothing': 'Only its candidate ID, which then leads here.',
  'merge.joining.bookings.one': '{count} registration',
  'merge.joining.bookings.other': '{count} registrations',
  'merge.joining.results.one': '{count} exam result',
  'merge.joining.results.other': '{count} exam results',
  'merge.joining.awards.one': '{count} certification',
  'merge.joining.awards.other': '{count} certifications',
  'merge.joining.courses.one': '{count} completed course',
  'merge.joining.courses.other': '{count} completed courses',
  'merge.joining.requests.one': '{count} request',
  'merge.joining.requests.other': '{count} requests',
  'merge.joining.transcripts.one': '{count} transcript; its link goes on working',
  'merge.joining.transcripts.other': '{count} transcripts; their links go on working',
  'merge.joining.passkeys.one': '{count} passkey, which will open this record',
  'merge.joining.passkeys.other': '{count} passkeys, which will open this record',
  'merge.joining.address': 'The address {address}',
  'merge.preview.doubled': 'On both',
  'merge.preview.doubled.text': 'What both records hold is kept once; codes that are on paper go on working.',
  'merge.preview.awards':
    'Dates of certifications are worked out anew from the results of both. What the program revoked or suspended stays so, also where the other record holds the same certification at that time.',
  'merge.preview.ends': 'What ends',
  'merge.preview.ends.text':
    'The password, authenticator app and recovery codes of {other}, its sessions, and links that were mailed to it.',
  'merge.preview.ends.requests':
    'These open requests of it, with their files: your other record asks for the same, or the merge makes them needless.',

  'merge.conflict.title': 'Program staff have to look at this first',
  'merge.conflict.text':
    'Something speaks against the two records being of one person. Staff can ask the test center; they write to you when it is decided.',
  'merge.conflict.same_registration': 'Registration {one} stands on both records.',
  'merge.conflict.same_exam_same_day':
    'Registrations {one} and {other} are of the same exam on the same day.',
  'merge.conflict.same_time': 'Registrations {one} and {other} are at the same time.',
  'merge.conflict.submit': 'Ask staff to merge the records',

  'merge.undo.title': 'Not before {time}',
  'merge.undo.text':
    'The primary address of {other} was changed lately, and until then that can be taken back. Come again after that.',

  'merge.closing.title': 'Not while an account is closing',
  'merge.closing.text':
    'One of the two accounts is about to close. Sign in to it and keep it first; then the records can be merged.',

  'merge.sure': 'I understand that merging cannot be undone',
  'merge.sure.missing': 'Tick the box if the records are to be merged for good',
  'merge.submit': 'Merge the two records',
  'merge.changed':
    'Something was added to one of the records since you looked, so nothing was merged. Look once more.',
} as const
