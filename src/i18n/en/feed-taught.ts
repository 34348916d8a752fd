/** What a feed has learned from staff who settled rows that waited, and how it is forgotten. */
export const feedTaught = {
  'feeds.taught': 'What staff taught it',
  'feeds.taught.why':
    'Whoever settles a row that waits says whose an ID is, or which exam a code means, and later rows go by that.',
  'feeds.taught.see': 'See what it was taught',
  'feeds.taught.title': 'What staff taught {name}',
  'feeds.taught.intro':
    'Each was said once, of a row that waited, and holds for every row of this feed that comes later. If something is wrong, have it forgotten.',
  'feeds.taught.for-reviewers': 'Reviewers and owners have it forgotten.',
  'feeds.taught.ids': 'IDs that mean somebody',
  'feeds.taught.ids.caption': 'IDs that nobody had, and whose they are, the latest first',
  'feeds.taught.ids.empty':
    'None. An ID that nobody has is learned when a row with it is given to a candidate.',
  'feeds.taught.ids.hidden': 'Your role does not look at candidates, so that these are not shown.',
  'feeds.taught.ids.next': 'Earlier IDs',
  'feeds.taught.codes': 'Exam codes',
  'feeds.taught.codes.caption': 'What this feed calls exams of the program, the latest first',
  'feeds.taught.codes.empty': 'None. A code is learned when somebody says which exam a row means by it.',
  'feeds.taught.codes.next': 'Earlier codes',
  'feeds.taught.end': 'None that is earlier.',
  'feeds.taught.column.id': 'ID in the feed',
  'feeds.taught.column.candidate': 'Candidate',
  'feeds.taught.column.code': 'Code in the feed',
  'feeds.taught.column.exam': 'Exam',
  'feeds.taught.column.by': 'Taught by',
  'feeds.taught.column.at': 'Taught',
  'feeds.taught.column.forget': 'If it is wrong',
  'feeds.taught.exam-gone': 'Not in the program any more: rows with this code wait.',
  'feeds.taught.code-known': 'By now the program has this code itself, for {exam}, and goes by that.',
  'feeds.taught.forget': 'Forget',
  'feeds.taught.forget-it': 'Forget {what}',

  'feeds.taught.notice.id-forgotten': 'The ID is forgotten. What already counted stays as it is.',
  'feeds.taught.notice.code-forgotten': 'The code is forgotten. What already counted stays as it is.',
  'feeds.taught.notice.gone': 'Somebody was faster: it is forgotten already.',
  'feeds.taught.notice.anew':
    'It was taught anew since you opened the page, so nothing was forgotten. This is how it stands now.',

  'feeds.forget.id.title': 'Forget whose {said} is?',
  'feeds.forget.id.waits':
    'Rows that come from now on under this ID wait again, until somebody says whose it is.',
  'feeds.forget.id.creates':
    'Rows that come from now on under this ID wait again, until somebody says whose it is. One that says who the person is begins a new record, as this feed is set.',
  'feeds.forget.id.somebodys':
    'By now a candidate has this ID: rows that come from now on under it count for them.',
  'feeds.forget.id.results.none': 'No result of this feed counts for {name}.',
  'feeds.forget.id.results.one':
    'What already counted stays as it is. {count} result of this feed counts for {name}, under whatever ID it came.',
  'feeds.forget.id.results.other':
    'What already counted stays as it is. {count} results of this feed count for {name}, under whatever ID they came.',
  'feeds.forget.id.results.many':
    'What already counted stays as it is. More than {count} results of this feed count for {name}, under whatever ID they came.',
  'feeds.forget.id.again':
    'If one of them comes again under this ID, that row waits, too. Dismiss it: giving it to {name} would teach the same again.',
  'feeds.forget.id.wrong':
    'A result that is not theirs is put right by the vendor: have it revoked, and sent anew for the right person under another registration. Until then it counts. The page of each result, to which the page of {name} leads, says where it came from.',
  'feeds.forget.id.numbers.one':
    '{count} number of the vendor’s own, learned for {name} since then, is forgotten along, because it may rest on this ID. If it is right, the next acknowledgement teaches it again.',
  'feeds.forget.id.numbers.other':
    '{count} numbers of the vendor’s own, learned for {name} since then, are forgotten along, because they may rest on this ID. Those that are right the next acknowledgement teaches again.',
  'feeds.forget.code.title': 'Forget what {code} means?',
  'feeds.forget.code.waits':
    'Rows that come from now on with this code wait again, until somebody says which exam it is or the program has the code.',
  'feeds.forget.code.known':
    'By now the program has this code itself, for {exam}, and goes by that: for rows to come nothing changes.',
  'feeds.forget.code.stays': 'What already counted stays as it is.',
  'feeds.forget.code.again':
    'What already counted stays as it is. If it comes again with this code, that row waits, too.',
  'feeds.forget.code.wrong':
    'A result that counts for the wrong exam is put right by the vendor: have it revoked, and sent anew with the right code under another registration. Until then it counts.',
  'feeds.forget.submit': 'Forget it',
} as const
