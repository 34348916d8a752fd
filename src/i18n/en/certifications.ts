export const certifications = {
  'certifications.title': 'Certifications',
  'certifications.count.one': '{count} active.',
  'certifications.count.other': '{count} active.',
  'certifications.count.soon.one': '{count} expires within {days} days.',
  'certifications.count.soon.other': '{count} expire within {days} days.',
  'certifications.dates': 'Dates are calendar dates of the program ({zone}).',

  'certifications.notice.one': '{certification} expires on {date}, {distance}.',
  'certifications.notice.many.one': '{count} certification expires soon',
  'certifications.notice.many.other': '{count} certifications expire soon',
  'certifications.notice.quickest': 'The quickest way to keep what expires: pass {exam} by {date}.',
  'certifications.notice.renews.one': 'It renews {count} of your certifications.',
  'certifications.notice.renews.other': 'It renews {count} of your certifications.',
  'certifications.not-before': 'Not before {date}.',
  'certifications.notice.book': 'Book an exam',

  'certifications.timeline':
    'When each certification was awarded and when it expires; the same dates stand in the list below',
  'certifications.list': 'What you hold',
  'certifications.standing.expiring': 'Active, expires soon',

  'certifications.awarded': 'Awarded',
  'certifications.expires': 'Expires',
  'certifications.expired': 'Expired',
  'certifications.never-expires': 'Does not expire',
  'certifications.number': 'Number',
  'certifications.suspended': 'Suspended',
  'certifications.revoked': 'Revoked',

  'certifications.ecertificate': 'eCertificate',
  'certifications.logo': 'Logo',
  'certifications.ecertificate.download': 'Download eCertificate, {certification}',
  'certifications.logo.download': 'Download logo, {certification}',

  'certifications.keeps': 'What keeps it',
  'certifications.keeps.by':
    'One of these keeps it, on {date} at the latest. It then lasts {period} from that day.',
  'certifications.keeps.retake': 'Leave yourself time for a second attempt.',
  'certifications.keeps.most':
    '{exam}, passed on {date} at the latest, keeps the most: it also renews {others}.',
  'certifications.keeps.with': 'Exams that renew {certification}, and this one with it',
  'certifications.keeps.send-in': 'Send in a course',
  'certifications.keeps.from': 'from {date}',
  'certifications.keeps.until': 'until {date}',
  'certifications.keeps.none':
    'No exam and no course that can be done in time renews this certification. Ask Program Support.',
  'certifications.renews': 'What renews it',
  'certifications.renews.by':
    'It has expired, and can still be renewed by one of these, on {date} at the latest. It then lasts {period} from that day.',
  'certifications.exam': '{code} {title}',

  'certifications.regained': 'You have earned this certification again since.',
  'certifications.again': 'To hold it again, earn it anew: pass {exam}.',
  'certifications.again.emeritus':
    'To have it active again, pass {exam}. It then goes on under its number and with its first date.',
  'certifications.again.needs': 'You also need {certifications}, active on that day.',
  'certifications.suspended.text':
    'The record that this certification rests on is in question. Until that is settled it does not count, and its downloads are closed.',
  'certifications.revoked.text':
    'The program has withdrawn this certification. It counts for nothing any more.',
  'certifications.ask': 'Ask Program Support',

  'certifications.why': 'How it was earned',
  'certifications.why.passed': 'Awarded for passing {exam} on {date}.',
  'certifications.why.completed':
    'Awarded on {completed}, when you passed {last}; you had passed {exam} on {date}.',
  'certifications.why.completed.on':
    'Awarded on {completed}, when everything else it needs was there; you had passed {exam} on {date}.',
  'certifications.why.completed.exam':
    'Awarded for passing {exam} on {date}; everything else it needs was there on {completed}.',
  'certifications.why.complete': 'Awarded on {date}, when everything it needs was there.',
  'certifications.why.others': 'It also counted: {things}.',
  'certifications.why.dated': '{what} ({date})',
  'certifications.why.lasts':
    'It lasts {period} from the day of its award, unless it is renewed or extended.',
  'certifications.why.rule': 'By the rule “{rule}”.',
  'certifications.why.extended':
    'Extended on {date} by the program, {name}: its expiry moved from {before} to {after}.',
  'certifications.why.reactivated':
    'Earned again on {date}, and active again under the same number: its expiry moved from {before} to {after}.',
  'certifications.why.act.revoke': 'Revoked by the program, from {date}.',
  'certifications.why.act.suspend': 'Suspended by the program, from {date}.',
  'certifications.why.act.reinstate': 'Reinstated by the program on {date}.',
  'certifications.why.act.extend': 'Extended by the program on {date}.',
  'certifications.why.act.extended':
    'Extended by the program on {date}: its expiry moved from {before} to {after}.',
  'certifications.why.act.correct': 'Corrected by the program on {date}.',
  'certifications.why.act.awarded': 'It counts as awarded on {date}.',
  'certifications.why.act.expires': 'It then expires on {date}.',
  'certifications.why.act.reason': 'The program’s reason: “{reason}”',
  'certifications.needs.ever': '{certification}, held at any time',
  'certifications.emeritus': 'Emeritus since',
  'certifications.why.needed': 'It needs {certifications}, which you held that day.',
  'certifications.why.needed.ever': 'It needs {certifications}, held at any time.',
  'certifications.why.needed.awarded': '{certification} (awarded on {date})',
  'certifications.why.emeritus': 'Emeritus since {date}, for good.',
  'certifications.why.emeritus.rule':
    'By the rules of that day, a certification of the level {level} becomes so {period} after its award.',
  'certifications.why.renewed':
    'Renewed by passing {exam} on {date}: its expiry moved from {before} to {after}.',
  'certifications.why.renewed.with':
    'Renewed along with {certification}, when you passed {exam} on {date}: its expiry moved from {before} to {after}.',
  'certifications.calendar': 'Put the expiry dates into my calendar',
  'certifications.calendar.hint':
    'A file for calendar programs, with alarms 90, 60, 30 and 7 days before. After a renewal, take it in again: the day moves.',
  'certifications.calendar.name': 'Certifications, {program}',
  'certifications.calendar.summary': '{certification} expires',
  'certifications.calendar.keep':
    'It is kept by passing {exams}, on {date} at the latest. How it stands: {url}',
  'certifications.calendar.see': 'How it stands, and what keeps it: {url}',
  'certifications.course': '{code} {name}',
  'certifications.why.renewed.course':
    'Renewed by the course {course}, completed on {date}: its expiry moved from {before} to {after}.',
  'certifications.why.renewed.course.with':
    'Renewed along with {certification}, when you completed the course {course} on {date}: its expiry moved from {before} to {after}.',
  'certifications.why.renewed.on': 'Renewed on {date}: its expiry moved from {before} to {after}.',

  'certifications.undrawable.title': 'This eCertificate cannot be drawn yet',
  'certifications.undrawable.text':
    'Your name has characters that our fonts do not have, and a certificate with a wrong name would be worth nothing. Program Support knows what to do.',

  'certifications.milestones': 'Milestones',
  'certifications.milestones.text': 'What you have reached stays, whatever expires later.',
  'certifications.milestones.caption.one': '{count} milestone',
  'certifications.milestones.caption.other': '{count} milestones',
  'certifications.milestone': 'Milestone',
  'certifications.milestone.reached': 'Reached on',
  'certifications.milestone.counted': 'With',

  'certifications.waiting': 'Passed, and waiting',
  'certifications.waiting.done': 'Done: {things}.',
  'certifications.waiting.needs': 'It becomes a certification once you have {certifications}.',
  'certifications.waiting.soon': 'It becomes a certification as soon as the record is brought up to date.',

  'certifications.empty.title': 'No certifications yet',
  'certifications.empty.text':
    'A certification is awarded by itself as soon as you have passed its exam and hold what it requires. Most people begin with {exams}.',
  'certifications.empty.register': 'Register for an exam',
} as const
