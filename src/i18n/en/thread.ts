export const thread = {
  'thread.title': 'Messages',
  'thread.empty': 'Nothing has been said yet.',
  'thread.staff': 'Program Support',
  'thread.you': 'You',
  'thread.write': 'Write to Program Support',
  'thread.reopen': 'Ask further',
  'thread.reopen.text': 'If something is still open, write here: your request is taken up again.',
  'thread.message': 'Message',
  'thread.message.missing': 'Enter a message',
  'thread.message.refused': 'Message: leave out characters that cannot be printed',
  'thread.message.long': 'Message: use at most 5,000 characters',
  'thread.send': 'Send the message',
  'thread.files': 'Files',
  'thread.files.hint':
    'Up to three, JPEG, PNG, HEIC or PDF, 10 MB together. They are encrypted, and destroyed after 30 days at the latest.',
  'thread.files.many': 'Send at most three files with one message',
  'thread.files.large': 'The files must not be larger than 10 MB together. What you typed was not kept',
  'thread.files.refused':
    'One of the files is not a whole JPEG, PNG, HEIC or PDF. Choose the files again, or take a new picture',
  'thread.file': 'File: {type}, {size}',
  'thread.file.gone': '(destroyed)',
  'thread.sent': 'Your message is with Program Support.',
  'thread.late':
    'Your message was not sent, since this request has ended. What you typed still stands below, so that you can copy it.',
  'thread.often':
    'Your message was not sent, since you wrote very often within an hour. What you typed still stands below: choose your files again, if there were any, and send it later.',
  'thread.unsent': 'Not sent',
  'thread.over': 'This request has ended, and nothing more can be written about it. Sign in to ask anew.',
  'thread.act.missing': 'Choose what to do with the message',

  'thread.rating': 'Did this help?',
  'thread.rating.comment': 'What we should know',
  'thread.rating.comment.refused': 'What we should know: leave out characters that cannot be printed',
  'thread.rating.comment.long': 'What we should know: use at most 1,000 characters',
  'thread.rating.yes': 'Yes, it helped',
  'thread.rating.no': 'No, it did not',
  'thread.rating.missing': 'Say whether it helped',
  'thread.rating.was-yes': 'You said that it helped. Thank you.',
  'thread.rating.was-no': 'You said that it did not help. Thank you for telling us.',

  'thread.link.only':
    'You are not signed in by this link. Whoever has it can read and write about this one request, and nothing else.',
  'thread.dead.title': 'This link does not work',
  'thread.dead.text':
    'It was cut off on its way, or it is too old, or it went to an address that is not used any more. Sign in to see your requests.',
  'thread.dead.sign-in': 'See my requests',
} as const
