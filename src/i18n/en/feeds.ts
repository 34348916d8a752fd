import { feedMaps } from './feed-maps.ts'
import { feedSamples } from './feed-samples.ts'
import { feedSettings } from './feed-settings.ts'
import { feedTaught } from './feed-taught.ts'

export const feeds = {
  ...feedSettings,
  ...feedSamples,
  ...feedMaps,
  ...feedTaught,

  'feeds.title': 'Feeds',
  'feeds.intro':
    'Where results come from: one feed for each vendor, with a token of its own. How the files of a vendor are read is set here, not in the code.',
  'feeds.caption': 'All feeds',
  'feeds.column.feed': 'Feed',
  'feeds.column.state': 'State',
  'feeds.column.newest': 'Newest delivery',
  'feeds.column.token': 'Token',
  'feeds.column.waiting': 'Rows that wait',
  'feeds.empty': 'There is no feed yet. Make one for each vendor that sends you results.',
  'feeds.in-use': 'In use',
  'feeds.stopped': 'Stopped',
  'feeds.stopped-since': 'Stopped since',
  'feeds.no-delivery': 'None yet',
  'feeds.no-token': 'None of its own',
  'feeds.token-made': 'Made',
  'feeds.old-token-until': 'The one before it still works until',
  'feeds.waiting.none': 'None',
  'feeds.waiting.one': '{count} row',
  'feeds.waiting.other': '{count} rows',
  'feeds.waiting.more': '{count} rows or more',
  'feeds.waiting.where': 'Counted in its newest 100 deliveries.',
  'feeds.state.received': 'Received',
  'feeds.state.importing': 'Being imported',
  'feeds.state.imported': 'Imported',
  'feeds.state.needs_review': 'Needs a look',
  'feeds.state.failed': 'Failed',

  'feeds.new': 'New feed',
  'feeds.new.intro': 'Nothing is taken in before there is a token, or files lie in the bucket.',
  'feeds.id': 'ID',
  'feeds.id.hint':
    'Stands in addresses for ever: small letters, digits and hyphens, a letter first, at most 20. Such as psi.',
  'feeds.id.refused': 'Enter an ID of small letters, digits and hyphens, a letter first, at most 20 of them',
  'feeds.id.taken': 'A feed has this ID already. Choose another',
  'feeds.name': 'Name',
  'feeds.name.missing': 'Enter a name',
  'feeds.name.refused': 'Enter a name of at most 100 characters that shows what it says',
  'feeds.start': 'What the vendor sends',
  'feeds.start.hint': 'Only sets what to begin with. You can change all of it.',
  'feeds.start.missing': 'Choose what the vendor sends',
  'feeds.start.pearson': 'Files of Pearson VUE: exam, cand and their ZIPs',
  'feeds.start.neutral': 'Our own CSV: results.csv, registrations.csv, candidates.csv',
  'feeds.start.mapped': 'Another vendor’s export, by a column map',
  'feeds.new.submit': 'Make the feed',

  'feeds.notice.made': 'The feed is made. Look through its settings, then make a token for the vendor.',
  'feeds.notice.saved':
    'Saved. It holds from the next delivery on; what was imported before stays as it was read.',
  'feeds.notice.stopped': 'The feed is stopped.',
  'feeds.notice.started': 'The feed is in use again. What waits is taken in within five minutes.',
  'feeds.notice.map-saved': 'The column map is saved. It holds from the next delivery on.',
  'feeds.notice.map-moved': 'The order of the column maps is changed.',
  'feeds.notice.map-removed': 'The column map is removed.',
  'feeds.notice.late':
    'Somebody else changed this feed in between, so nothing was done. This is how it stands now.',

  'feeds.test': 'Test a file',
  'feeds.new-map': 'Make a column map',
  'feeds.new-token': 'Make a new token',
  'feeds.stop': 'Stop this feed',
  'feeds.start-again': 'Start it again',
  'feeds.stop.title': 'Stop {name}?',
  'feeds.stop.what':
    'Nothing is taken in while it is stopped. An upload is answered with 409, and the vendor’s system tries again; what is put into the bucket stays there. An import that runs goes on to its end. Nothing is lost.',
  'feeds.started.title': 'Start {name} again?',
  'feeds.started.what':
    'Uploads are taken in at once, and what was put into the bucket meanwhile within five minutes, in the vendor’s order.',

  'feeds.connect': 'How files come in',
  'feeds.connect.put': 'By HTTPS, with the token of this feed',
  'feeds.connect.put-answer':
    'The answer has an id: ask for it at the address in its Location, with the same token. The same bytes again do nothing.',
  'feeds.connect.bucket': 'Into the bucket, by S3',
  'feeds.connect.bucket-how':
    'Keys that open the bucket {bucket} open all of it: keep them on a machine of your own. A vendor gets temporary ones that hold for this prefix only; README says how to make them. What lies there is taken in within five minutes:',
  'feeds.connect.sftp': 'By SFTP, through a gateway',
  'feeds.connect.sftp-how':
    'Vendors that only know SFTP need a small machine in between. With rclone, whose remote r2 has keys of the bucket, this serves the prefix as a folder to whoever has the vendor’s SSH key:',
  'feeds.connect.events': 'By events, as they happen',
  'feeds.connect.events-how':
    'Signed with a secret of this feed and posted to this address; README says how they look and how they are signed.',
  'feeds.connect.new-secret': 'Make a new secret for events',

  'feeds.token.title': 'A new token for {name}',
  'feeds.token.what':
    'It opens this feed and no other: whoever has it can deliver files and read what became of them. It is shown once.',
  'feeds.token.none': 'This feed has no token of its own yet.',
  'feeds.token.at-once': 'The old one leaked: stop it at once',
  'feeds.token.at-once-hint':
    'Otherwise it works for 24 hours more, so that the vendor can change over. One that was replaced before stops in any case.',
  'feeds.token.submit': 'Make the token',
  'feeds.token.made': 'The token. Keep it now: it is not shown again.',
  'feeds.token.copy': 'Copy',
  'feeds.token.copied': 'Copied.',
  'feeds.token.manual': 'Copy it from the field.',
  'feeds.token.try': 'The vendor sends it with each file:',
  'feeds.token.race':
    'Another token was made since this page was opened. Look at whether yours is still needed, then make it.',
  'feeds.secret.title': 'A new secret for the events of {name}',
  'feeds.secret.what':
    'The vendor signs each event with it. It is shown once. The one before still counts for 24 hours.',
  'feeds.secret.submit': 'Make the secret',
  'feeds.secret.made': 'The secret. Keep it now: it is not shown again.',
  'feeds.back': 'Back to the feed',
} as const
