/** The way back in for who lost every address of theirs, and the way for the holder to stop it. */
export const recovery = {
  'recovery.door': 'I cannot reach my e-mail any more',
  'recovery.title': 'I cannot reach my e-mail any more',
  'recovery.intro':
    'Say which record is yours and where we can reach you now. We write to the new address; what you can prove decides how it goes on. If you can still reach any address on your record, choose “Forgot password or ID” instead: that takes a minute.',
  'recovery.id': 'Candidate ID',
  'recovery.id.hint': 'It looks like {example} and is printed on your score reports and certificates.',
  'recovery.id.missing': 'Enter your candidate ID, as it is printed on your score report',
  'recovery.number': 'Registration number or certification number',
  'recovery.number.hint':
    'Of any exam that you booked, or any certification that you earned. Without it, or without a date of birth, program staff need a photo ID instead.',
  'recovery.number.refused': 'Enter the number as it is printed, or leave it empty',
  'recovery.birth': 'Date of birth',
  'recovery.birth.hint': 'As you gave it when you registered for the exam.',
  'recovery.birth.refused': 'Enter a date of birth, or leave it empty',
  'recovery.email': 'New e-mail address',
  'recovery.email.hint': 'One that will stay yours when you change jobs.',
  'recovery.email.refused': 'Enter a whole e-mail address, such as name@example.org',
  'recovery.submit': 'Write to the new address',

  'recovery.asked.title': 'Look into the mail of the new address',
  'recovery.asked.text':
    'We have written to the new address. The link in that mail leads on, and works for 24 hours.',
  'recovery.asked.missing':
    'Nothing after a few minutes? Look among unwanted mail. We write to an address three times a day at most.',

  'recovery.works.title': 'Go on with the new address',
  'recovery.works.text': 'You have our mail, so this address is yours. Go on to see what else is needed.',
  'recovery.works.submit': 'This address is mine: go on',

  'recovery.photo.title': 'Send a photo of an identity document',
  'recovery.photo.text':
    'What you entered does not prove by itself that the record is yours. Program staff can decide by a photo of a government-issued identity document that shows the name on the record.',
  'recovery.photo.label': 'Photo of your identity document',
  'recovery.photo.hint':
    'JPEG, PNG, HEIC or PDF, 10 MB at most. It is encrypted, seen by a reviewer only, and destroyed when they have decided, after 30 days at the latest.',
  'recovery.photo.submit': 'Send the photo to program staff',
  'recovery.sent.title': 'The photo is sent',
  'recovery.sent.text':
    'If it shows whose record this is, we wait another seven days, in which the addresses on the record can object, and then write to your new address. If you hear nothing within two weeks, ask again.',

  'recovery.waiting.title': 'The new address is accepted',
  'recovery.waiting.text':
    'What you entered is right. We wait seven days before the new address counts, and have told the addresses on the record, so that nobody can take a record over unnoticed.',
  'recovery.waiting.at': 'It counts from {at}.',
  'recovery.waiting.then':
    'We write to you then. Choose “Forgot password or ID” with the new address to get in, and remove the addresses that you no longer have.',

  'recovery.stopped.title': 'This was stopped',
  'recovery.stopped.text':
    'Somebody who reads mail at an address on the record said that it was not them who asked. If the record is yours, write to Program Support.',
  'recovery.done.title': 'The new address counts',
  'recovery.done.text': 'Choose “Forgot password or ID” with it to get in.',
  'recovery.dead.title': 'This link does not work',
  'recovery.dead.text': 'Each link works for 24 hours. It may be too old, or a part of it may be missing.',
  'recovery.dead.fresh': 'Ask again',

  'recovery.stop.works.title': 'Stop the new e-mail address',
  'recovery.stop.works.text':
    'Somebody said that your record is theirs and that they lost its addresses, and gave a new one. If it was not you, stop it here.',
  'recovery.stop.at': 'Unless you do, the new address is added to your record and made primary on {at}.',
  'recovery.stop.submit': 'It was not me: stop it',
  'recovery.stop.stopped.title': 'It is stopped',
  'recovery.stop.stopped.text':
    'The new address is not added. Whoever tried knows things about you: keep an eye on Account activity.',
  'recovery.stop.done.title': 'It is too late to stop this',
  'recovery.stop.done.text':
    'The new address counts already, and has been made primary. If it is not yours, get in by “Forgot password or ID” with this address, and remove the other.',
  'recovery.stop.dead.title': 'This link does not work',
  'recovery.stop.dead.text':
    'It may be too old, or a part of it may be missing, or this address is no longer on the record. If you are worried, sign in and look at your addresses.',
} as const
