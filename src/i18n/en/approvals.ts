/** Approvals by the staff that certifications may ask for. */
export const approvals = {
  'console.approvals': 'Approvals',
  'approvals.title': 'Give an approval to {name}',
  'approvals.text':
    'An approval counts for the certifications that ask for it, from its day. What it completes is awarded at once.',
  'approvals.none': 'This program asks for no approvals.',
  'approvals.which': 'Approval',
  'approvals.which.missing': 'Choose what is approved',
  'approvals.on': 'Approved on',
  'approvals.on.hint': 'Today or earlier.',
  'approvals.on.unknown': 'By the rules of that day there was no such approval: it would count for nothing',
  'approvals.note': 'Note',
  'approvals.note.hint': 'For colleagues; the candidate does not see it.',
  'approvals.note.refused': 'The note has characters that cannot be shown',
  'approvals.note.long': 'At most 2,000 characters',
  'approvals.give': 'Give an approval',
  'approvals.preview.nothing': 'Nothing changes yet: something else that is asked for is still missing.',
  'approvals.given': 'Given by',
  'approvals.withdraw': 'Withdraw',
  'approvals.withdraw.title': 'Withdraw the approval “{approval}”',
  'approvals.withdraw.nothing': 'No certification changes.',
  'approvals.withdraw.mail':
    'The candidate gets a mail with what was withdrawn, what that changes, and the reason.',
  'approvals.withdrawn': 'Withdrawn by {name}',
} as const
