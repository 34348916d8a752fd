export const signIn = {
  'sign-in.title': 'Sign in',
  'sign-in.intro': 'Your certification record: results, certificates, and the links you share.',
  'sign-in.signed-out': 'You are signed out.',
  'sign-in.session-ended':
    'You were signed out before that form arrived, so nothing of it was saved. Sign in, and send it again.',
  'sign-in.account': 'E-mail or candidate ID',
  'sign-in.account.hint':
    'Any address that you have confirmed works. A candidate ID looks like {example}; it stands in the first mail that you had from us.',
  'sign-in.account.missing': 'Enter a whole e-mail address or a candidate ID',
  'sign-in.password': 'Password',
  'sign-in.password.missing': 'Enter your password',
  'sign-in.submit': 'Sign in',
  'sign-in.refused':
    'This name and this password do not belong together. Check both, or choose “Forgot password or ID” below.',
  'sign-in.late': 'The time for the code ran out. Enter your password once more.',

  'sign-in.passkey.title': 'With a passkey',
  'sign-in.passkey.submit': 'Sign in with a passkey',
  'sign-in.passkey.nothing': 'No passkey was given. Try again, or choose another way to sign in.',
  'sign-in.passkey.refused':
    'This passkey did not open an account. It may have been removed, or the page was open for too long: try again, or choose another way to sign in.',

  'sign-in.delayed.title': 'Too many wrong tries',
  'sign-in.delayed.minute': 'The next try under this name can follow in a minute, from {time} on.',
  'sign-in.delayed.minutes': 'The next try under this name can follow in {minutes} minutes, from {time} on.',
  'sign-in.delayed.ways':
    'A passkey does not have to wait, and neither does a link to choose a new password, which we send by mail.',

  'sign-in.code.title': 'Enter your code',
  'sign-in.code.intro':
    'Your password was right. A code shows that it is you: within ten minutes, in this browser.',
  'sign-in.code': 'Code from your authenticator app',
  'sign-in.code.hint': 'Six digits. Each code works once, for about a minute.',
  'sign-in.code.submit': 'Sign in',
  'sign-in.code.missing': 'Enter the six digits that your authenticator app shows',
  'sign-in.code.refused':
    'This code is wrong, too old or used already. Enter the one that the app shows now.',
  'sign-in.recovery_code.title': 'Without your app',
  'sign-in.recovery_code': 'Recovery code',
  'sign-in.recovery_code.hint': 'One of the codes that you kept when you set up the app. Each works once.',
  'sign-in.recovery_code.submit': 'Sign in with a recovery code',
  'sign-in.recovery_code.missing': 'Enter one of your recovery codes',
  'sign-in.recovery_code.refused': 'This is none of your recovery codes, or it was used already',

  'sign-in.again.title': 'Is it you?',
  'sign-in.again.intro':
    'What you are about to do changes how your account is opened. Show once more that it is you; then it goes on where you were.',
  'sign-in.again.submit': 'Go on',
  'sign-in.again.refused': 'That was not right. Check the password, and the code if one is asked for.',
  'sign-in.again.code.hint': 'The six digits that it shows now, or one of your recovery codes.',
  'sign-in.again.passkey.title': 'With a passkey',
  'sign-in.again.passkey.submit': 'Go on with a passkey',
  'sign-in.again.forgotten': 'Forgot your password?',
  'sign-in.again.none':
    'You have neither a password nor a passkey yet. A link by mail lets you choose a password.',
  'sign-in.again.link': 'Get a link',

  'sign-in.door.sign-in': 'Sign in',
  'sign-in.door.first': 'Never logged in before?',
  'sign-in.door.forgotten': 'Forgot password or ID',
  'sign-in.door.verify': 'I am an employer: check a certificate',

  'sign-in.first.title': 'Never logged in before?',
  'sign-in.first.intro':
    'Your record began when you registered for an exam. We send a link to the address on your record; it opens a page where you choose a password.',
  'sign-in.first.by-email': 'By email address',
  'sign-in.first.email': 'E-mail address',
  'sign-in.first.email.hint': 'The address that you gave when you registered for the exam.',
  'sign-in.first.email.missing': 'Enter an e-mail address, such as name@example.org',
  'sign-in.first.email.submit': 'Send a link to this address',
  'sign-in.first.by-id': 'By candidate ID',
  'sign-in.first.id': 'Candidate ID',
  'sign-in.first.id.hint': 'It looks like {example} and is printed on your score report.',
  'sign-in.first.id.missing': 'Enter a candidate ID, as it is printed on your score report',
  'sign-in.first.id.submit': 'Send a link to my address on record',

  'sign-in.forgotten.title': 'Forgot password or ID',
  'sign-in.forgotten.intro':
    'We send your candidate ID, and a link to choose a new password, to the address on your record.',
  'sign-in.forgotten.submit': 'Send the mail',

  'sign-in.sent.title': 'Look into your mail',
  'sign-in.sent.text':
    'If there is a record under what you entered, a mail with a link is on its way to the address on it.',
  'sign-in.sent.missing':
    'Nothing after a few minutes? Look among unwanted mail, or try another address that you may have registered with. Asking again within a minute sends no second mail.',
  'sign-in.sent.support': 'Write to Program Support',

  'sign-in.set.title': 'Choose a password',
  'sign-in.set.intro':
    'The password replaces any that you had, and signs you out everywhere else. From then on you sign in with it and your e-mail address or candidate ID.',
  'sign-in.set.id': 'Your candidate ID',
  'sign-in.set.submit': 'Save and sign in',
  'sign-in.new-password': 'New password',
  'sign-in.new-password.hint':
    'From {least} to {most} characters, any of them. A few words that only you would put together are easy to remember.',
  'sign-in.new-password.missing': 'Enter a new password',
  'sign-in.new-password.short': 'The password is too short: use at least 12 characters',
  'sign-in.new-password.long': 'The password is too long: use at most 256 characters',
  'sign-in.new-password.name':
    'The password must not be your name, ID or address, or the name of this program, with a few digits added: those are tried first',
  'sign-in.new-password.common':
    'This is one of the passwords that are tried first: choose something that only you would put together',

  'sign-in.dead.title': 'This link does not work',
  'sign-in.dead.text':
    'Each link works once and for a limited time. It may have been used, or be too old, or a newer one may have been used since, or a part of it may be missing. If you have chosen your password already, sign in with it.',
  'sign-in.dead.fresh': 'Get a fresh link',
} as const
