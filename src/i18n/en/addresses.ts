/** Profile › E-mail addresses, and the pages that links about addresses open. */
export const addresses = {
  'addresses.title': 'E-mail addresses',
  'addresses.intro':
    'Any address that you have confirmed signs you in; our mail goes to the primary one. Keep one here that stays yours when you change jobs.',
  'addresses.manage': 'Add, confirm or remove an address',
  'addresses.stale': 'To change anything here, sign in once more: it is some minutes since you did.',
  'addresses.sign-in-again': 'Sign in again',

  'addresses.standing': 'Standing:',
  'addresses.primary': 'primary (our mail goes here),',
  'addresses.confirmed-since': 'confirmed on {at}',
  'addresses.waiting-since': 'waiting for confirmation since {at}',
  'addresses.waiting': 'waiting for confirmation',
  'addresses.source': 'From:',
  'addresses.source.feed': 'the test vendor',
  'addresses.source.candidate': 'you',
  'addresses.source.recovery': 'you, when you had lost the others',

  'addresses.make-primary': 'Make primary',
  'addresses.send-again': 'Send the confirmation again',
  'addresses.remove': 'Remove',
  'addresses.kept.undo':
    'Until lately this was the primary address. Until {until} it can undo that, in case it was not you, so it cannot be removed before.',
  'addresses.kept.last': 'This is the only confirmed address, so it cannot be removed.',

  'addresses.add.title': 'Add an address',
  'addresses.add.email': 'E-mail address',
  'addresses.add.hint': 'We send a link there. Once you have opened it, you can sign in with this address.',
  'addresses.add.submit': 'Send the confirmation',
  'addresses.add.refused': 'Enter a whole e-mail address, such as name@example.org',
  'addresses.add.own': 'This address is on your record already, and confirmed',
  'addresses.add.too-many': 'A record has room for ten addresses. Remove one before you add another.',

  'addresses.outcome.added':
    'The address is on your record and waits for confirmation. Look into its mail: the link there works for 24 hours.',
  'addresses.outcome.sent':
    'If nothing comes within a few minutes, look among unwanted mail. We send at most one confirmation a minute, and five a day.',
  'addresses.outcome.primary':
    'Our mail goes to the new primary address from now on. The old one was told, and can undo that for seven days.',
  'addresses.outcome.removed':
    'The address is removed. It no longer signs in, and links that were sent to it are dead.',
  'addresses.outcome.stopped': 'Stopped. The new address is not added. Consider choosing a new password.',
  'addresses.outcome.unchanged': 'Nothing was changed: this page was not up to date any more. Now it is.',

  'addresses.recovery':
    'Somebody told us that they lost the addresses below, and proved that this record is theirs. Unless you stop it, {address} is added and made primary on {at}.',
  'addresses.recovery.stop': 'It was not me: stop it',

  'addresses.link.address': 'Address',
  'addresses.link.record': 'Candidate ID of the record',
  'addresses.link.lost': 'I cannot reach my e-mail any more',
  'addresses.link.home': 'Go to the start page',

  'addresses.confirm.works.title': 'Confirm this e-mail address',
  'addresses.confirm.works.text': 'From then on it counts as yours, and can sign in to this record.',
  'addresses.confirm.submit': 'Confirm this address',
  'addresses.confirm.stranger':
    'If you have no record with us, close this page: somebody mistyped their address, and nothing happens.',
  'addresses.confirm.done.title': 'This address is confirmed',
  'addresses.confirm.done.text': 'You can sign in with it.',
  'addresses.confirm.taken.title': 'This address cannot be confirmed here',
  'addresses.confirm.taken.text':
    'It already belongs to a record. If that one is yours, too, you can merge the two.',
  'addresses.confirm.merge': 'Merge records',
  'addresses.confirm.dead.title': 'This link does not work',
  'addresses.confirm.dead.text':
    'Each link works once and for 24 hours. It may have been used, or be too old, or the address may have been removed, or a part of the link may be missing. You can have a fresh one sent from the page of your addresses.',
  'addresses.confirm.fresh': 'Go to my addresses',

  'addresses.undo.works.title': 'Change the primary address back',
  'addresses.undo.works.text':
    'Do this if it was not you who changed it. This address becomes primary again. Every session ends, the password is taken out of use, and addresses and passkeys that were added from a week before the change on no longer get in. You then choose a new password by a link to this address.',
  'addresses.undo.until': 'You can do this until {until}.',
  'addresses.undo.submit': 'It was not me: change it back',
  'addresses.undo.done.title': 'The primary address is changed back',
  'addresses.undo.done.text':
    'Everybody is signed out, and the old password no longer works. Choose a new one now, and look at Account activity when you are in.',
  'addresses.undo.dead.title': 'This link does not work any more',
  'addresses.undo.dead.text':
    'A change can be undone for seven days, once, and only from an address that is still on the record. If somebody else uses your record, choose a new password: that ends every session. If you cannot do even that, tell us that you lost your address.',
  'addresses.undo.password': 'Choose a new password',
} as const
