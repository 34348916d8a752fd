export const transcripts = {
  'transcripts.title': 'Publish Credentials',
  'transcripts.intro':
    'A transcript shows the certifications that you choose to whoever has its link. Make one for each reader: you can change or disable it at any time.',
  'transcripts.new': 'Create a new transcript',
  'transcripts.empty.title': 'No transcripts yet',
  'transcripts.empty.text':
    'Create one, copy its link with the Share icon and send it to an employer. Nothing is shown to anyone before you do.',
  'transcripts.none-earned':
    'A transcript shows certifications, and there are none on your record yet. This page waits for the first.',
  'transcripts.no-remarks': 'Transcript without remarks',
  'transcripts.valid-through': 'Valid Through',
  'transcripts.shows': 'Shows',
  'transcripts.link': 'Link',
  'transcripts.state.works': 'Works',
  'transcripts.state.over': 'No longer works since {date}',
  'transcripts.state.disabled': 'Disabled on {date}',
  'transcripts.page': 'Page {page} of {pages}',
  'transcripts.page.label': 'Pages of transcripts',
  'transcripts.page.newer': 'Newer',
  'transcripts.page.older': 'Older',

  'transcripts.share': 'Share',
  'transcripts.share.copy': 'Copy the link',
  'transcripts.share.link': 'Link to this transcript',
  'transcripts.share.copied': 'The link is copied.',
  'transcripts.share.manual': 'The link is selected: copy it with your keyboard or the menu.',
  'transcripts.edit': 'Edit',
  'transcripts.disable': 'Disable',
  'transcripts.open': 'See what others see',

  'transcripts.show.title': 'Your transcript',
  'transcripts.show.intro':
    'Send the link to whom it is for. Whoever has it sees the transcript, without signing in.',
  'transcripts.show.over': 'The link worked through {date}. Edit the transcript to make it work again.',
  'transcripts.show.disabled':
    'You disabled this transcript on {date}. Its link never works again; a new transcript has a new link.',
  'transcripts.remarks': 'Remarks',
  'transcripts.certifications': 'Certifications',

  'transcripts.form.new.title': 'Create a new transcript',
  'transcripts.form.edit.title': 'Edit transcript',
  'transcripts.form.valid-through.hint':
    'How long the link works. It is not when a certification expires: the transcript shows that date for each.',
  'transcripts.form.remarks.hint':
    'Shown to the reader under your name, as plain text. Up to 2,000 characters.',
  'transcripts.form.awards': 'Certifications to show',
  'transcripts.form.expires': 'expires on {date}',
  'transcripts.form.expired': 'expired on {date}',
  'transcripts.form.lasting': 'does not expire',

  'transcripts.valid-through.missing': 'Choose the date through which the link works',
  'transcripts.valid-through.invalid': 'Valid Through is not a date that exists',
  'transcripts.valid-through.past': 'Valid Through is over already: choose today or a later date',
  'transcripts.valid-through.far': 'Valid Through can be at most ten years from today',
  'transcripts.remarks.long': 'Remarks can have at most 2,000 characters',
  'transcripts.remarks.unprintable':
    'Remarks contain a character that cannot be shown, such as a control character',
  'transcripts.award.none': 'Choose at least one certification',
  'transcripts.award.foreign': 'Choose among the certifications listed here',

  'transcripts.disable.title': 'Disable this transcript?',
  'transcripts.disable.text':
    'Its link stops working at once, for everyone who has it, and never works again. Your certifications do not change.',
  'transcripts.disable.confirm': 'Disable transcript',

  'published.title': 'Transcript of certifications',
  'published.verdict.all.one': 'The certification is active',
  'published.verdict.all.other': 'All {count} certifications are active',
  'published.verdict.no.one': 'The certification is not active',
  'published.verdict.no.other': 'None of the {count} certifications is active',
  'published.verdict.some.one': '{active} of {count} certification is active',
  'published.verdict.some.other': '{active} of {count} certifications are active',
  'published.verdict.none': 'There is no certification to show',
  'published.verdict.revoked': 'Revoked by the program: {codes}',
  'published.verdict.suspended': 'Suspended by the program: {codes}',
  'published.checked': "Checked against the program's record on {at}.",
  'published.remarks': 'Remarks by the holder',
  'published.caption': 'As recorded by the program',
  'published.column.certification': 'Certification',
  'published.column.standing': 'Standing',
  'published.column.awarded': 'Awarded',
  'published.column.expires': 'Expires',
  'published.lasting': 'Does not expire',
  'published.until':
    'This page works until {date}, as its holder chose. That is not the expiry of any certification: those dates stand in the table.',
  'published.host': 'You are on {host}, the only place where these records are checked.',
  'published.gone.title': 'This transcript is not available',
  'published.gone.text': 'The link opens nothing today. One of these may have happened:',
  'published.gone.expired': 'The link worked through a date that its holder chose, and that date is over.',
  'published.gone.disabled': 'The holder has disabled it.',
  'published.gone.mistyped': 'The link was cut off or changed on its way to you.',
  'published.gone.next':
    'Ask the person who sent it for a new link. This says nothing about their certifications: if you have a certificate, check its verification code.',
  'published.gone.verify': 'Check a certificate',
} as const
