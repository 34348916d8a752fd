export const actMail = {
  'mail.award-act.from': 'From',
  'mail.award-act.number': 'Number',
  'mail.award-act.reason': 'The reason',
  'mail.award-act.besides': 'By the rules of the program, other certifications of yours change with it:',

  'mail.change.awarded': 'You have earned it; it expires: {until}',
  'mail.change.active': 'Active; it expires: {until}',
  'mail.change.expired': 'Expired; its last day: {until}',
  'mail.change.suspended': 'Suspended: what it was earned by does not count now',
  'mail.change.revoked': 'Revoked',
  'mail.change.emeritus': 'Emeritus',
  'mail.change.merged': 'It is one with your other award of this certification now',

  'mail.approval-withdrawn.subject': 'An approval was withdrawn: {approval}',
  'mail.approval-withdrawn.text':
    'The program has withdrawn an approval that it had given you. It does not count any more.',
  'mail.approval-withdrawn.approval': 'Approval',
  'mail.approval-withdrawn.on': 'Approved on',
  'mail.approval-withdrawn.changes':
    'By the rules of the program, these certifications of yours change with it:',

  'mail.award-act.revoke.subject': '{certification} was revoked',
  'mail.award-act.revoke.text':
    'The program has revoked this certification. It does not count any more, its downloads are closed, and whoever checks it is told so.',
  'mail.award-act.revoke.next':
    'If you think that this is wrong, write to us, say why and add what shows it. We look at every objection.',

  'mail.award-act.suspend.subject': '{certification} is suspended',
  'mail.award-act.suspend.text':
    'The program has suspended this certification. Until that is lifted it does not count, and its downloads are closed.',
  'mail.award-act.suspend.next':
    'It is not taken away, and what renews it goes on renewing it meanwhile. If something can clear this up, write to us.',

  'mail.award-act.reinstate.subject': '{certification} is reinstated',
  'mail.award-act.reinstate.text':
    'The program has reinstated this certification: it stands again as if nothing had been in its way.',
  'mail.award-act.reinstate.next':
    'Under Certifications, Status, you see until when it is active and what keeps it. What you published of it shows it again.',

  'mail.award-act.extend.subject': '{certification} was extended',
  'mail.award-act.extend.text': 'The program has extended this certification.',
  'mail.award-act.extend.next':
    'You need not do anything. An eCertificate that you download from now on bears the new date.',

  'mail.award-act.correct.subject': 'The dates of {certification} were corrected',
  'mail.award-act.correct.text': 'The program has corrected what the record says of this certification.',
  'mail.award-act.correct.next':
    'An eCertificate that you downloaded before bears the old dates: please download it anew. If the dates are wrong now, write to us.',
} as const
