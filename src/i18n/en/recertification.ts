export const recertification = {
  'recertification.title': 'Recertification through Course Attendance',
  'recertification.intro':
    'A course that you completed can renew a certification for {period} from its last day, or be part of what another one asks for. Where its holder tells us of it, it stands below by itself. If not, send in its certificate of completion here, once. Program staff look at it within a few business days.',
  'recertification.in-time': 'Send it in no later than the day on which what it is to renew expires.',
  'recertification.in-time.grace.one':
    'Send it in no later than {count} day after what it is to renew has expired.',
  'recertification.in-time.grace.other':
    'Send it in no later than {count} days after what it is to renew has expired.',
  'recertification.no-courses': 'The program has no course that renews a certification.',
  'recertification.courses': 'Courses, and what each of them renews',
  'recertification.column.course': 'Course',
  'recertification.column.renews': 'Renews',
  'recertification.part-of': 'Part of what {certifications} asks for',
  'recertification.column.held': 'You hold',
  'recertification.column.completed': 'Last day',
  'recertification.not-held': 'None of these, today',
  'recertification.never-expires': 'never expires',

  'recertification.send': 'Send in a course',
  'recertification.course': 'Course',
  'recertification.course.choose': 'Choose the course',
  'recertification.course.earlier': '{course}, which the program had earlier',
  'recertification.course.missing': 'Choose the course that you completed',
  'recertification.too-many':
    'This course was not sent in: too many of yours are waiting, or you have sent too many requests today. Send it in when one is decided, or tomorrow',
  'recertification.date': 'Last day of the course',
  'recertification.date.hint': 'As your certificate of completion gives it.',
  'recertification.date.missing': 'Enter the last day of the course',
  'recertification.date.refused': 'Last day of the course: enter a day that exists, as year, month and day',
  'recertification.date.future': 'Last day of the course: this day has not come yet',
  'recertification.document': 'Certificate of completion',
  'recertification.document.hint': 'PDF, JPEG, PNG or HEIC, up to 10 MB.',
  'recertification.document.missing': 'Choose the file of your certificate of completion',
  'recertification.document.large': 'The certificate must not be larger than 10 MB',
  'recertification.document.refused':
    'This file is not a whole PDF, JPEG, PNG or HEIC. Choose the certificate again',
  'recertification.notes': 'Notes',
  'recertification.notes.hint': 'For example, who held the course, if the certificate does not say so.',
  'recertification.notes.refused': 'Notes: leave out characters that cannot be printed',
  'recertification.notes.long': 'Notes: use at most 1,000 characters',
  'recertification.promise':
    'The file is encrypted before it is stored, shown to a reviewer only, and destroyed when your request is decided, after 30 days at the latest.',
  'recertification.submit': 'Send in this course',

  'recertification.why.unknown': 'The program did not have this course on this day.',
  'recertification.why.not-active':
    'On this day you held no active certification that the course renews, and it earns none that you do not hold. If a result is still on its way, wait for it; if the record is wrong, write to Program Support.',
  'recertification.why.late':
    'What the course would have renewed has expired since, and the certificate had to be sent in before that.',
  'recertification.why.known': 'This course is on record for this day already: nothing has to be sent in.',
  'recertification.why.twice':
    'What this course renews was renewed by a course the last time, and must be renewed by an exam next.',
  'recertification.why.no-gain':
    'What this course renews lasts as long already, or never expires: the course would change nothing.',

  'recertification.history': 'Your courses',
  'recertification.history.empty': 'Nothing yet.',
  'recertification.history.caption':
    'Courses that you sent in, or that their holder told of, the latest first',
  'recertification.history.column.from': 'Where from',
  'recertification.history.sent': 'You sent it in',
  'recertification.history.told': 'Told by the course’s holder',
  'recertification.history.told.valid': 'On record',
  'recertification.history.told.revoked': 'Taken back by the course’s holder',
  'recertification.history.also.valid': 'The course’s holder told of it, too: it is on record.',
  'recertification.history.also.revoked': 'The course’s holder told of it, too, and took it back.',

  'recertification.review.effect': 'What approving it changes',
  'recertification.review.certification': 'Certification',
  'recertification.review.before': 'Expires now on',
  'recertification.review.after': 'Expires then on',
  'recertification.review.earned': 'Not held: this earns it',
  'recertification.review.counts':
    'Approved, it counts towards {certifications}, for which more than this course is needed.',
  'recertification.review.nothing': 'Approving this would change nothing.',
  'recertification.review.told.valid':
    'A feed has told of this course on this day already, and it counts without this request. It stands in',
  'recertification.review.told.revoked':
    'A feed told of this course on this day, and took it back. It stands in',
  'recertification.doubted':
    'Whoever holds this course has taken it back after it was approved here. It counts until you decide. They said so on',
  'recertification.standing.missing': 'Choose whether to take the course back or to let it stand',
  'recertification.stand.text': 'If the certificate was right all the same, let the course stand.',
  'recertification.stand': 'Let it stand',
  'recertification.take-back': 'Take the course back',
  'recertification.take-back.text':
    'It counts no more, and dates that follow from it change at once. The candidate is written to, with your reason.',
  'recertification.take-back.nothing': 'No date changes: other things have the same effect.',
  'recertification.take-back.effect': 'What taking it back changes',
  'recertification.take-back.lost': 'Not held any more',
  'recertification.take-back.submit': 'Take the course back',
  'recertification.taken-back': 'The course was taken back, and counts no more:',
  'recertification.taken-back.short': 'Taken back by program staff',
  'recertification.taken-back.why': 'Why it was taken back',
  'recertification.taken-back.next':
    'Program staff approved this course and have taken it back since: it does not count any more. If that is wrong, send it in once more, or write to Program Support.',
  'recertification.doubted.title': 'Courses in doubt',
  'recertification.doubted.intro':
    'These were approved here, and whoever holds the course has taken them back since. They count until somebody decides.',
  'recertification.doubted.caption': 'Approved courses that their holder took back, the longest first',
  'recertification.doubted.since': 'Since',
  'recertification.doubted.empty': 'No course is in doubt.',
  'recertification.review.same-file': 'The very same file came with other requests:',
  'recertification.review.request': 'Request {id}',
} as const
