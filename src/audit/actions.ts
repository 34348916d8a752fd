/**
 * Everything the audit log tells of. `notice`: the candidate is mailed, at every address that may sign in.
 * `activity`: the candidate sees it under Account activity.
 */
export const actions = {
  'session.began': { activity: true },
  'session.began-on-new-device': { activity: true, notice: true },
  'session.ended': { activity: true },
  'session.others-ended': { activity: true },
  'sign-in.delayed': { activity: true },
  'password.set': { activity: true, notice: true },
  'password.changed': { activity: true, notice: true },
  'passkey.added': { activity: true, notice: true },
  'passkey.removed': { activity: true, notice: true },
  'totp.added': { activity: true, notice: true },
  'totp.removed': { activity: true, notice: true },
  'recovery-codes.made': { activity: true, notice: true },
  'recovery-code.used': { activity: true, notice: true },
  'address.added': { activity: true },
  'address.confirmed': { activity: true, notice: true },
  'address.removed': { activity: true, notice: true },
  'address.primary-changed': { activity: true },
  'address.primary-restored': { activity: true, notice: true },
  'recovery.asked': { activity: true },
  'recovery.stopped': { activity: true, notice: true },
  'recovery.done': { activity: true, notice: true },
  'profile.changed': { activity: true },
  'profile.reviewed': { activity: true },
  'agreement.accepted': { activity: true },
  'request.made': { activity: true },
  'request.withdrawn': { activity: true },
  'request.approved': { activity: true },
  'request.refused': { activity: true },
  'request.file-destroyed': { activity: true },
  'request.message-sent': { activity: true },
  'request.message-written': { activity: true },
  'request.asked-back': { activity: true },
  'request.answered': { activity: true },
  'request.rated': { activity: true },
  'request.noted': {},
  'request.assigned': {},
  'canned-answer.made': {},
  'canned-answer.changed': {},
  'canned-answer.removed': {},
  'name.changed': { activity: true },
  'merge.proved': { activity: true },
  'merge.done': { activity: true, notice: true },
  'data.asked': { activity: true },
  'data.ready': { activity: true },
  'data.downloaded': { activity: true, notice: true },
  'account.closing': { activity: true },
  'account.closing-stopped': { activity: true, notice: true },
  'account.closed': {},
  'transcript.published': { activity: true },
  'transcript.disabled': { activity: true },
  'award.revoked': { activity: true },
  'award.suspended': { activity: true },
  'award.reinstated': { activity: true },
  'award.extended': { activity: true },
  'award.corrected': { activity: true },
  'approval.given': { activity: true },
  'approval.withdrawn': { activity: true },
  'course.taken-back': { activity: true },
  'course.let-stand': {},
  'acts.viewed': {},
  'acts.proposed': {},
  'acts.confirmed': {},
  'acts.dropped': {},
  'staff.invited': {},
  'staff.joined': {},
  'staff.role-changed': {},
  'staff.removed': {},
  'staff.session-began': {},
  'staff.session-ended': {},
  'staff.sign-in-delayed': {},
  'staff.method-added': {},
  'staff.method-removed': {},
  'staff.candidates-searched': {},
  'staff.candidate-viewed': {},
  'staff.seen-as-candidate': {},
  'staff.sessions-ended': { activity: true },
  'staff.file-viewed': {},
  'staff.audit-viewed': {},
  'delivery.uploaded': {},
  'delivery.downloaded': {},
  'delivery.run-again': {},
  'delivery.let-through': {},
  'delivery.set-aside': {},
  'rows.exported': {},
  'quarantine.settled': {},
  'review.closed': {},
  'feed.made': {},
  'feed.changed': {},
  'feed.stopped': {},
  'feed.started': {},
  'feed.token-made': {},
  'feed.secret-made': {},
  'feed.id-forgotten': {},
  'feed.code-forgotten': {},
  'program.change-made': {},
  'program.change-rewritten': {},
  'program.change-tried': {},
  'program.change-dropped': {},
  'program.change-taken-up': {},
  'program.change-applied': {},
  'program.version-withdrawn': {},
  'program.run-again': {},
  'program.mails-released': {},
  'program.mails-discarded': {},
} as const satisfies Record<string, { activity?: true; notice?: true }>

export type Action = keyof typeof actions

/** Who did it: somebody signed in as the candidate, one of the staff, the product by itself, or somebody unknown. */
export type Actor = 'candidate' | 'nobody' | 'system' | `staff:${number}`

/**
 * One entry to be. `details` may hold counts, kinds, methods, internal row ids and device names; never a name, an
 * address, a candidate ID or what somebody typed: an entry outlives the account it is about.
 */
export type AuditEvent = {
  action: Action
  actor: Actor
  candidateId?: string
  details?: Record<string, string | number | boolean | null>
}

export function staffActor(staffId: number): Actor {
  return `staff:${staffId}`
}

/** The actions that Account activity shows. */
export const activityActions = (Object.keys(actions) as Action[]).filter(
  (action) => 'activity' in actions[action],
)

export function noticeIsOwed(action: Action): boolean {
  return 'notice' in actions[action]
}
