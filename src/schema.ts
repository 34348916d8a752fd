import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'

// Mirrors migrations/*.sql, which are the source of truth (STRICT, CHECK and partial indexes live there);
// test/schema.test.ts proves that columns and NOT NULLs agree.

const instant = (name: string) => integer(name, { mode: 'timestamp_ms' })

export const programVersions = sqliteTable('program_versions', {
  version: integer('version').primaryKey(),
  sha256: text('sha256').notNull(),
  document: text('document').notNull(),
  appliedAt: instant('applied_at').notNull(),
  effectiveOn: text('effective_on'),
  begunAt: instant('begun_at'),
  changeId: integer('change_id'),
  appliedBy: integer('applied_by'),
  withdraws: integer('withdraws', { mode: 'boolean' }).notNull().default(false),
})

export const changeStates = ['draft', 'applied', 'dropped'] as const

export const programChanges = sqliteTable('program_changes', {
  id: integer('id').primaryKey(),
  submission: text('submission').notNull(),
  title: text('title').notNull(),
  document: text('document').notNull(),
  effectiveOn: text('effective_on'),
  baseVersion: integer('base_version').notNull(),
  version: integer('version').notNull().default(1),
  state: text('state', { enum: changeStates }).notNull().default('draft'),
  madeBy: integer('made_by').notNull(),
  madeAt: instant('made_at').notNull(),
  changedBy: integer('changed_by').notNull(),
  authors: text('authors').notNull(),
  changedAt: instant('changed_at').notNull(),
  decidedBy: integer('decided_by'),
  decidedAt: instant('decided_at'),
})

export const runStates = ['owed', 'running', 'done', 'failed', 'stopped'] as const

export const programRuns = sqliteTable('program_runs', {
  id: integer('id').primaryKey(),
  kind: text('kind', { enum: ['trial', 'evaluation'] }).notNull(),
  changeId: integer('change_id'),
  changeVersion: integer('change_version'),
  state: text('state', { enum: runStates }).notNull().default('owed'),
  attempt: integer('attempt').notNull().default(0),
  deaths: integer('deaths').notNull().default(0),
  place: text('place').notNull().default(''),
  total: integer('total').notNull(),
  done: integer('done').notNull().default(0),
  changed: integer('changed').notNull().default(0),
  failing: integer('failing').notNull().default(0),
  counts: text('counts', { mode: 'json' }).$type<Record<string, number>>().notNull().default({}),
  mails: text('mails', { enum: ['held', 'released', 'discarded'] }),
  owedAt: instant('owed_at').notNull(),
  movedAt: instant('moved_at').notNull(),
  finishedAt: instant('finished_at'),
  mailsWritten: integer('mails_written').notNull().default(0),
})

export const effectKinds = [
  'earned',
  'lost',
  'restored',
  'merged',
  'extended',
  'shortened',
  'redated',
] as const

export const runEffects = sqliteTable('run_effects', {
  id: integer('id').primaryKey(),
  runId: integer('run_id').notNull(),
  candidateId: text('candidate_id').notNull(),
  certification: text('certification').notNull(),
  kind: text('kind', { enum: effectKinds }).notNull(),
  beforeOn: text('before_on'),
  afterOn: text('after_on'),
})

export const heldMails = sqliteTable('held_mails', {
  id: integer('id').primaryKey(),
  runId: integer('run_id').notNull(),
  candidateId: text('candidate_id').notNull(),
  payload: text('payload', { mode: 'json' }).notNull(),
})

export const candidates = sqliteTable('candidates', {
  id: text('id').primaryKey().notNull(),
  fullName: text('full_name').notNull(),
  givenName: text('given_name').notNull(),
  familyName: text('family_name').notNull(),
  nativeName: text('native_name'),
  company: text('company'),
  addressLine1: text('address_line1'),
  addressLine2: text('address_line2'),
  city: text('city'),
  region: text('region'),
  postalCode: text('postal_code'),
  country: text('country'),
  phone: text('phone'),
  locale: text('locale').notNull().default('en'),
  timeZone: text('time_zone'),
  profileEditedAt: instant('profile_edited_at'),
  vendorTime: integer('vendor_time').notNull(),
  rowHash: text('row_hash').notNull(),
  deliveryId: text('delivery_id').notNull(),
  deliveryLine: integer('delivery_line').notNull(),
  birthOn: text('birth_on'),
  nameDecidedAt: instant('name_decided_at'),
  nativeNameEditedAt: instant('native_name_edited_at'),
  reviewedAt: instant('reviewed_at'),
  remindedAt: instant('reminded_at'),
  notifyResults: integer('notify_results', { mode: 'boolean' }).notNull().default(true),
  notifyAwards: integer('notify_awards', { mode: 'boolean' }).notNull().default(true),
  notifyReminders: integer('notify_reminders', { mode: 'boolean' }).notNull().default(true),
  directoryOptIn: integer('directory_opt_in', { mode: 'boolean' }).notNull().default(false),
  agreedVersion: text('agreed_version'),
  closesAt: instant('closes_at'),
  closingKeepsVerification: integer('closing_keeps_verification', { mode: 'boolean' })
    .notNull()
    .default(false),
  erasedAt: instant('erased_at'),
  searchedAs: text('searched_as'),
  revision: integer('revision').notNull().default(0),
  evaluatedRevision: integer('evaluated_revision').notNull().default(0),
  createdAt: instant('created_at').notNull(),
})

export const candidateEmails = sqliteTable(
  'candidate_emails',
  {
    candidateId: text('candidate_id').notNull(),
    normalized: text('normalized').notNull(),
    address: text('address').notNull(),
    isPrimary: integer('is_primary', { mode: 'boolean' }).notNull(),
    verifiedAt: instant('verified_at'),
    source: text('source', { enum: ['feed', 'candidate', 'recovery'] })
      .notNull()
      .default('feed'),
    addedAt: instant('added_at').notNull().default(new Date(0)),
  },
  (table) => [primaryKey({ columns: [table.candidateId, table.normalized] })],
)

export const passwords = sqliteTable('passwords', {
  candidateId: text('candidate_id').primaryKey().notNull(),
  encoded: text('encoded').notNull(),
  setAt: instant('set_at').notNull(),
})

/** What a link sent by mail is for. */
export const linkPurposes = [
  'activation',
  'password_reset',
  'address_confirmation',
  'address_undo',
  'recovery_confirmation',
  'recovery_stop',
  'merge_proof',
  'request_reply',
  'data_export',
  'staff_invitation',
] as const

export const accessLinks = sqliteTable('access_links', {
  tokenHash: text('token_hash').primaryKey().notNull(),
  candidateId: text('candidate_id'),
  purpose: text('purpose', { enum: linkPurposes }).notNull(),
  sentTo: text('sent_to').notNull(),
  data: text('data', { mode: 'json' }).notNull().default({}),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
  usedAt: instant('used_at'),
})

export const sessionMethods = ['password', 'totp', 'recovery_code', 'passkey', 'link'] as const

export const sessions = sqliteTable('sessions', {
  idHash: text('id_hash').primaryKey().notNull(),
  candidateId: text('candidate_id').notNull(),
  createdAt: instant('created_at').notNull(),
  lastSeenAt: instant('last_seen_at').notNull(),
  authenticatedAt: instant('authenticated_at').notNull().default(new Date(0)),
  method: text('method', { enum: sessionMethods }).notNull().default('password'),
  device: text('device').notNull().default(''),
})

export const mailOutbox = sqliteTable('mail_outbox', {
  id: integer('id').primaryKey(),
  dedupeKey: text('dedupe_key').notNull(),
  template: text('template').notNull(),
  candidateId: text('candidate_id'),
  recipient: text('recipient'),
  payload: text('payload', { mode: 'json' }).notNull(),
  urgent: integer('urgent', { mode: 'boolean' }).notNull().default(false),
  owedAt: instant('owed_at').notNull(),
  sendAfter: instant('send_after').notNull(),
  queuedAt: instant('queued_at'),
  attempts: integer('attempts').notNull().default(0),
  sentAt: instant('sent_at'),
  givenUpAt: instant('given_up_at'),
  lastError: text('last_error'),
})

export const feeds = sqliteTable('feeds', {
  id: text('id').primaryKey().notNull(),
  name: text('name').notNull(),
  settings: text('settings', { mode: 'json' }).notNull(),
  version: integer('version').notNull().default(1),
  tokenHash: text('token_hash'),
  tokenMadeAt: instant('token_made_at'),
  stoppedAt: instant('stopped_at'),
  createdAt: instant('created_at').notNull(),
  changedAt: instant('changed_at').notNull(),
  oldTokenHash: text('old_token_hash'),
  oldTokenUntil: instant('old_token_until'),
})

/** The vendor over a machine's way, its events, or one of the staff. */
export type Sender = 'vendor' | 'events' | `staff:${number}`

/** Why a run stopped before anything was applied: what was counted, and what it was measured against. */
export type Brake = {
  kind: 'empty' | 'unmatched' | 'failing' | 'manifest' | 'sequence' | 'bulk'
  detail: Record<string, string | number>
}

/** What a manifest says of a delivery as a whole. */
export type ManifestFacts = { createdAt: string | null; sequence: number | null; mode: 'delta' | 'bulk' }

export const deliveryStates = ['received', 'importing', 'imported', 'needs_review', 'failed'] as const

export const deliveries = sqliteTable('deliveries', {
  id: text('id').primaryKey().notNull(),
  feed: text('feed').notNull(),
  name: text('name').notNull(),
  sha256: text('sha256').notNull(),
  bytes: integer('bytes').notNull(),
  vendorTime: integer('vendor_time').notNull(),
  receivedAt: instant('received_at').notNull(),
  receivedBy: text('received_by', { enum: ['api', 'inbox'] }).notNull(),
  objectKey: text('object_key').notNull(),
  state: text('state', { enum: deliveryStates }).notNull(),
  failure: text('failure'),
  instanceId: text('instance_id'),
  handedAt: instant('handed_at'),
  startedAt: instant('started_at'),
  finishedAt: instant('finished_at'),
  redactedAt: instant('redacted_at'),
  clearedThrough: integer('cleared_through').notNull().default(0),
  run: integer('run').notNull().default(1),
  sender: text('sender').$type<Sender>().notNull().default('vendor'),
  brakes: text('brakes', { mode: 'json' }).$type<Brake[]>(),
  passedBy: integer('passed_by'),
  manifest: text('manifest', { mode: 'json' }).$type<ManifestFacts>(),
  rawDeletedAt: instant('raw_deleted_at'),
  setAsideBy: integer('set_aside_by'),
  bytesGone: integer('bytes_gone', { mode: 'boolean' }).notNull().default(false),
})

/** What a table's columns are called, and what stands between them. */
export type TableHeading = { names: string[]; delimiter: string }

export const memberKinds = [
  'candidate',
  'registration',
  'result',
  'section',
  'course',
  'acknowledgement',
  'manifest',
  'other',
  'refused',
] as const

export const deliveryMembers = sqliteTable(
  'delivery_members',
  {
    deliveryId: text('delivery_id').notNull(),
    number: integer('number').notNull(),
    name: text('name').notNull(),
    kind: text('kind', { enum: memberKinds }).notNull(),
    bytes: integer('bytes').notNull(),
    encoding: text('encoding'),
    header: text('header', { mode: 'json' }).$type<TableHeading>(),
    lines: integer('lines'),
    note: text('note'),
  },
  (table) => [primaryKey({ columns: [table.deliveryId, table.number] })],
)

export const stagedRows = sqliteTable(
  'staged_rows',
  {
    deliveryId: text('delivery_id').notNull(),
    number: integer('number').notNull(),
    key: text('key').notNull(),
    line: integer('line').notNull(),
    rowHash: text('row_hash').notNull(),
    fault: text('fault'),
    contradicted: integer('contradicted', { mode: 'boolean' }).notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.deliveryId, table.number, table.key, table.line] })],
)

export const stagedChunks = sqliteTable(
  'staged_chunks',
  {
    deliveryId: text('delivery_id').notNull(),
    run: integer('run').notNull(),
    number: integer('number').notNull(),
    byteOffset: integer('byte_offset').notNull(),
    nextOffset: integer('next_offset').notNull(),
    nextLine: integer('next_line').notNull(),
    rowsRead: integer('rows_read').notNull(),
    rowsFailing: integer('rows_failing').notNull(),
    rowsUnmatched: integer('rows_unmatched').notNull(),
    totals: text('totals').notNull(),
    examples: text('examples').notNull(),
    digests: text('digests'),
    stagedAt: instant('staged_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.deliveryId, table.run, table.number, table.byteOffset] })],
)

export const deliveryChunks = sqliteTable(
  'delivery_chunks',
  {
    deliveryId: text('delivery_id').notNull(),
    run: integer('run').notNull(),
    member: text('member').notNull(),
    byteOffset: integer('byte_offset').notNull(),
    nextOffset: integer('next_offset').notNull(),
    nextLine: integer('next_line').notNull(),
    rowsRead: integer('rows_read').notNull(),
    rowsNew: integer('rows_new').notNull(),
    rowsChanged: integer('rows_changed').notNull(),
    rowsUnchanged: integer('rows_unchanged').notNull(),
    rowsSuperseded: integer('rows_superseded').notNull(),
    rowsQuarantined: integer('rows_quarantined').notNull(),
    rowsSkipped: integer('rows_skipped').notNull(),
    appliedAt: instant('applied_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.deliveryId, table.run, table.member, table.byteOffset] })],
)

/** How a row came to wait no more: by a person's decision, or because what it waited for came. */
export const settlements = ['linked', 'mapped', 'counted', 'dismissed', 'replayed', 'rerun'] as const

export const quarantinedRows = sqliteTable(
  'quarantined_rows',
  {
    deliveryId: text('delivery_id').notNull(),
    member: text('member').notNull(),
    line: integer('line').notNull(),
    kind: text('kind').notNull(),
    reason: text('reason').notNull(),
    message: text('message').notNull(),
    raw: text('raw').notNull(),
    fields: text('fields'),
    candidateId: text('candidate_id'),
    examCode: text('exam_code'),
    quarantinedAt: instant('quarantined_at').notNull(),
    resolvedAt: instant('resolved_at'),
    registrationId: text('registration_id'),
    feed: text('feed').notNull().default(''),
    run: integer('run').notNull().default(1),
    feedVersion: integer('feed_version').notNull().default(1),
    triedAt: instant('tried_at'),
    settlement: text('settlement', { enum: settlements }),
    settledBy: integer('settled_by'),
    settlementNote: text('settlement_note'),
  },
  (table) => [primaryKey({ columns: [table.deliveryId, table.member, table.line] })],
)

/** Which candidate a vendor means by a number of its own. */
export const vendorCandidates = sqliteTable(
  'vendor_candidates',
  {
    feed: text('feed').notNull(),
    vendorCandidateId: text('vendor_candidate_id').notNull(),
    candidateId: text('candidate_id').notNull(),
    learnedFrom: text('learned_from').notNull(),
    learnedAt: instant('learned_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.feed, table.vendorCandidateId] })],
)

export const candidateLinks = sqliteTable(
  'candidate_links',
  {
    feed: text('feed').notNull(),
    saidId: text('said_id').notNull(),
    candidateId: text('candidate_id').notNull(),
    madeBy: integer('made_by').notNull(),
    madeAt: instant('made_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.feed, table.saidId] })],
)

export const examCodeAliases = sqliteTable(
  'exam_code_aliases',
  {
    feed: text('feed').notNull(),
    code: text('code').notNull(),
    exam: text('exam').notNull(),
    madeBy: integer('made_by').notNull(),
    madeAt: instant('made_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.feed, table.code] })],
)

export const registrationStates = [
  'authorized',
  'scheduled',
  'rescheduled',
  'cancelled',
  'delivered',
  'no_show',
  'expired',
] as const

export const registrations = sqliteTable(
  'registrations',
  {
    feed: text('feed').notNull(),
    registrationId: text('registration_id').notNull(),
    candidateId: text('candidate_id').notNull(),
    exam: text('exam').notNull(),
    examCode: text('exam_code').notNull(),
    clientAuthorizationId: text('client_authorization_id'),
    appointmentOn: text('appointment_on'),
    appointmentTime: text('appointment_time'),
    timeZone: text('time_zone'),
    siteCode: text('site_code'),
    state: text('state', { enum: registrationStates }).notNull(),
    eligibleFrom: text('eligible_from'),
    eligibleTo: text('eligible_to'),
    vendorTime: integer('vendor_time').notNull(),
    rowHash: text('row_hash').notNull(),
    deliveryId: text('delivery_id').notNull(),
    deliveryLine: integer('delivery_line').notNull(),
    resultHere: integer('result_here', { mode: 'boolean' }).notNull().default(false),
  },
  (table) => [primaryKey({ columns: [table.feed, table.registrationId] })],
)

export const deliveryOutcomes = [
  'delivered',
  'no_show',
  'no_show_excused',
  'nda_refused',
  'incomplete',
  'cancelled',
] as const
export const grades = ['pass', 'fail', 'pending', 'none'] as const
export const validities = ['valid', 'held', 'revoked'] as const

export const results = sqliteTable(
  'results',
  {
    id: integer('id').primaryKey(),
    feed: text('feed').notNull(),
    registrationId: text('registration_id').notNull(),
    candidateId: text('candidate_id').notNull(),
    exam: text('exam').notNull(),
    examCode: text('exam_code').notNull(),
    examOn: text('exam_on').notNull(),
    examTime: text('exam_time'),
    delivery: text('delivery', { enum: deliveryOutcomes }).notNull(),
    grade: text('grade', { enum: grades }).notNull(),
    validity: text('validity', { enum: validities }).notNull(),
    score: text('score'),
    passingScore: text('passing_score'),
    form: text('form'),
    language: text('language'),
    attempt: integer('attempt'),
    siteCode: text('site_code'),
    clientAuthorizationId: text('client_authorization_id'),
    vendorTime: integer('vendor_time').notNull(),
    rowHash: text('row_hash').notNull(),
    deliveryId: text('delivery_id').notNull(),
    deliveryLine: integer('delivery_line').notNull(),
    firstImportedAt: instant('first_imported_at').notNull(),
    deliveryMember: text('delivery_member').notNull().default(''),
    importedAt: instant('imported_at').notNull().default(new Date(0)),
    timeZone: text('time_zone'),
  },
  (table) => [index('results_candidate_idx').on(table.candidateId, table.examOn)],
)

export const resultVersions = sqliteTable(
  'result_versions',
  {
    feed: text('feed').notNull(),
    registrationId: text('registration_id').notNull(),
    deliveryId: text('delivery_id').notNull(),
    member: text('member').notNull(),
    line: integer('line').notNull(),
    outcome: text('outcome', { enum: ['new', 'changed', 'superseded'] }).notNull(),
    vendorTime: integer('vendor_time').notNull(),
    rowHash: text('row_hash').notNull(),
    fields: text('fields').notNull(),
    importedAt: instant('imported_at').notNull(),
  },
  (table) => [
    primaryKey({
      columns: [table.feed, table.registrationId, table.deliveryId, table.member, table.line],
    }),
  ],
)

export const reviewKinds = ['pass_lost', 'revoked'] as const

export const resultReviews = sqliteTable('result_reviews', {
  id: integer('id').primaryKey(),
  feed: text('feed').notNull(),
  registrationId: text('registration_id').notNull(),
  candidateId: text('candidate_id').notNull(),
  deliveryId: text('delivery_id').notNull(),
  kind: text('kind', { enum: reviewKinds }).notNull(),
  rowHash: text('row_hash').notNull(),
  openedAt: instant('opened_at').notNull(),
  closedAt: instant('closed_at'),
  closedBy: integer('closed_by'),
  note: text('note'),
})

export const resultSections = sqliteTable(
  'result_sections',
  {
    feed: text('feed').notNull(),
    registrationId: text('registration_id').notNull(),
    sectionCode: text('section_code').notNull(),
    name: text('name').notNull(),
    percent: text('percent'),
    score: text('score'),
    maxScore: text('max_score'),
    vendorTime: integer('vendor_time').notNull(),
    rowHash: text('row_hash').notNull(),
  },
  (table) => [primaryKey({ columns: [table.feed, table.registrationId, table.sectionCode] })],
)

export const awards = sqliteTable('awards', {
  id: integer('id').primaryKey(),
  candidateId: text('candidate_id').notNull(),
  certification: text('certification').notNull(),
  awardedOn: text('awarded_on').notNull(),
  expiresOn: text('expires_on'),
  number: text('number').notNull(),
  verificationCode: text('verification_code').notNull(),
  reason: text('reason').notNull(),
  suspendedOn: text('suspended_on'),
  revokedOn: text('revoked_on'),
  supersededBy: integer('superseded_by'),
  createdAt: instant('created_at').notNull(),
  emeritusOn: text('emeritus_on'),
})

export const awardActKinds = ['revoke', 'suspend', 'reinstate', 'extend', 'correct'] as const

export const awardActs = sqliteTable('award_acts', {
  id: integer('id').primaryKey(),
  candidateId: text('candidate_id').notNull(),
  awardId: integer('award_id').notNull(),
  kind: text('kind', { enum: awardActKinds }).notNull(),
  certification: text('certification').notNull(),
  passId: integer('pass_id'),
  awardedOn: text('awarded_on').notNull(),
  effectiveOn: text('effective_on').notNull(),
  toAwardedOn: text('to_awarded_on'),
  toExpiresOn: text('to_expires_on'),
  reason: text('reason').notNull(),
  doneBy: integer('done_by').notNull(),
  doneAt: instant('done_at').notNull(),
  submission: text('submission').notNull(),
})

export const bulkActKinds = ['revoke', 'suspend', 'reinstate', 'extend'] as const

export const actProposals = sqliteTable('act_proposals', {
  id: integer('id').primaryKey(),
  kind: text('kind', { enum: bulkActKinds }).notNull(),
  effectiveOn: text('effective_on').notNull(),
  toExpiresOn: text('to_expires_on'),
  reason: text('reason').notNull(),
  awardIds: text('award_ids', { mode: 'json' }).$type<number[]>().notNull(),
  state: text('state', { enum: ['proposed', 'confirmed', 'dropped'] }).notNull(),
  proposedBy: integer('proposed_by').notNull(),
  proposedAt: instant('proposed_at').notNull(),
  decidedBy: integer('decided_by'),
  decidedAt: instant('decided_at'),
  submission: text('submission').notNull(),
})

export const approvals = sqliteTable('approvals', {
  id: integer('id').primaryKey(),
  candidateId: text('candidate_id').notNull(),
  approval: text('approval').notNull(),
  approvedOn: text('approved_on').notNull(),
  note: text('note').notNull(),
  givenBy: integer('given_by').notNull(),
  givenAt: instant('given_at').notNull(),
  withdrawnBy: integer('withdrawn_by'),
  withdrawnAt: instant('withdrawn_at'),
  submission: text('submission').notNull(),
  withdrawalReason: text('withdrawal_reason'),
})

export const reachedMilestones = sqliteTable(
  'reached_milestones',
  {
    candidateId: text('candidate_id').notNull(),
    milestone: text('milestone').notNull(),
    reachedOn: text('reached_on').notNull(),
    certifications: text('certifications').notNull(),
  },
  (table) => [primaryKey({ columns: [table.candidateId, table.milestone] })],
)

export const renewals = sqliteTable(
  'renewals',
  {
    awardId: integer('award_id').notNull(),
    renewedOn: text('renewed_on').notNull(),
    rule: text('rule').notNull(),
    resultId: integer('result_id'),
    completionId: integer('completion_id'),
    actId: integer('act_id'),
    previousExpiresOn: text('previous_expires_on').notNull(),
    expiresOn: text('expires_on').notNull(),
    reason: text('reason').notNull(),
  },
  (table) => [index('renewals_award_idx').on(table.awardId, table.renewedOn, table.rule)],
)

export const courseValidities = ['valid', 'revoked'] as const

/** What a candidate sent in and staff approved, and what a feed told, by `enrolmentId`. */
export const courseCompletions = sqliteTable('course_completions', {
  id: integer('id').primaryKey(),
  candidateId: text('candidate_id').notNull(),
  course: text('course').notNull(),
  completedOn: text('completed_on').notNull(),
  submittedOn: text('submitted_on'),
  requestId: integer('request_id'),
  createdAt: instant('created_at').notNull(),
  feed: text('feed'),
  enrolmentId: text('enrolment_id'),
  validity: text('validity', { enum: courseValidities }).notNull().default('valid'),
  vendorTime: integer('vendor_time'),
  rowHash: text('row_hash'),
  deliveryId: text('delivery_id'),
  deliveryMember: text('delivery_member'),
  deliveryLine: integer('delivery_line'),
  doubtedAt: instant('doubted_at'),
  takenBackAt: instant('taken_back_at'),
  takenBackBy: integer('taken_back_by'),
  takenBackReason: text('taken_back_reason'),
})

/** How many days are left at most, or that none is. */
export const reminderKinds = ['expired', '7', '30', '60', '90'] as const

export const expiryReminders = sqliteTable(
  'expiry_reminders',
  {
    awardId: integer('award_id').notNull(),
    expiresOn: text('expires_on').notNull(),
    kind: text('kind', { enum: reminderKinds }).notNull(),
    owedAt: instant('owed_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.awardId, table.expiresOn, table.kind] })],
)

export const transcripts = sqliteTable('transcripts', {
  id: integer('id').primaryKey(),
  publicId: text('public_id').notNull(),
  candidateId: text('candidate_id').notNull(),
  submission: text('submission').notNull(),
  validThrough: text('valid_through').notNull(),
  remarks: text('remarks').notNull(),
  createdAt: instant('created_at').notNull(),
  updatedAt: instant('updated_at').notNull(),
  disabledAt: instant('disabled_at'),
})

export const transcriptAwards = sqliteTable(
  'transcript_awards',
  {
    transcriptId: integer('transcript_id').notNull(),
    awardId: integer('award_id').notNull(),
  },
  (table) => [primaryKey({ columns: [table.transcriptId, table.awardId] })],
)

export const auditSubjects = sqliteTable('audit_subjects', {
  ref: text('ref').primaryKey().notNull(),
  candidateId: text('candidate_id').notNull(),
})

export const auditLog = sqliteTable('audit_log', {
  seq: integer('seq').primaryKey(),
  at: instant('at').notNull(),
  actor: text('actor').notNull(),
  action: text('action').notNull(),
  subject: text('subject'),
  details: text('details').notNull(),
  hash: text('hash'),
})

export const staffRoles = ['support', 'reviewer', 'catalogue', 'auditor', 'owner'] as const

export const staff = sqliteTable('staff', {
  id: integer('id').primaryKey(),
  email: text('email').notNull(),
  name: text('name').notNull(),
  role: text('role', { enum: staffRoles }).notNull(),
  password: text('password'),
  invitedBy: integer('invited_by'),
  invitedAt: instant('invited_at').notNull(),
  joinedAt: instant('joined_at'),
  removedAt: instant('removed_at'),
})

export const staffSessionMethods = ['passkey', 'totp', 'recovery_code', 'access'] as const

export const staffSessions = sqliteTable('staff_sessions', {
  idHash: text('id_hash').primaryKey().notNull(),
  staffId: integer('staff_id').notNull(),
  createdAt: instant('created_at').notNull(),
  lastSeenAt: instant('last_seen_at').notNull(),
  authenticatedAt: instant('authenticated_at').notNull(),
  method: text('method', { enum: staffSessionMethods }).notNull(),
  device: text('device').notNull(),
})

export const passkeys = sqliteTable('passkeys', {
  credentialId: text('credential_id').primaryKey().notNull(),
  candidateId: text('candidate_id'),
  staffId: integer('staff_id'),
  userHandle: text('user_handle').notNull(),
  publicKey: text('public_key').notNull(),
  counter: integer('counter').notNull(),
  transports: text('transports', { mode: 'json' }).$type<string[]>().notNull(),
  backedUp: integer('backed_up', { mode: 'boolean' }).notNull(),
  name: text('name').notNull(),
  createdAt: instant('created_at').notNull(),
  lastUsedAt: instant('last_used_at'),
})

export const challengePurposes = ['sign_in', 'registration', 'staff_sign_in', 'staff_registration'] as const

export const passkeyChallenges = sqliteTable('passkey_challenges', {
  challengeHash: text('challenge_hash').primaryKey().notNull(),
  purpose: text('purpose', { enum: challengePurposes }).notNull(),
  candidateId: text('candidate_id'),
  staffId: integer('staff_id'),
  expiresAt: instant('expires_at').notNull(),
})

export const totpSecrets = sqliteTable('totp_secrets', {
  id: integer('id').primaryKey(),
  candidateId: text('candidate_id'),
  staffId: integer('staff_id'),
  sealed: text('sealed').notNull(),
  createdAt: instant('created_at').notNull(),
  confirmedAt: instant('confirmed_at'),
  lastStep: integer('last_step').notNull().default(0),
})

export const recoveryCodes = sqliteTable('recovery_codes', {
  codeHash: text('code_hash').primaryKey().notNull(),
  candidateId: text('candidate_id'),
  staffId: integer('staff_id'),
  createdAt: instant('created_at').notNull(),
  usedAt: instant('used_at'),
})

export const pendingSignIns = sqliteTable('pending_sign_ins', {
  idHash: text('id_hash').primaryKey().notNull(),
  candidateId: text('candidate_id'),
  staffId: integer('staff_id'),
  returnTo: text('return_to').notNull(),
  createdAt: instant('created_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
})

export const signInBrakes = sqliteTable('sign_in_brakes', {
  key: text('key').primaryKey().notNull(),
  failures: integer('failures').notNull(),
  lastFailedAt: instant('last_failed_at').notNull(),
  blockedUntil: instant('blocked_until').notNull(),
})

export const knownBrowsers = sqliteTable('known_browsers', {
  tokenHash: text('token_hash').primaryKey().notNull(),
  candidateId: text('candidate_id').notNull(),
  createdAt: instant('created_at').notNull(),
  lastUsedAt: instant('last_used_at').notNull(),
})

export const nameWords = sqliteTable(
  'name_words',
  { word: text('word').notNull(), candidateId: text('candidate_id').notNull() },
  (table) => [primaryKey({ columns: [table.word, table.candidateId] })],
)

export const agreementAcceptances = sqliteTable(
  'agreement_acceptances',
  {
    candidateId: text('candidate_id').notNull(),
    version: text('version').notNull(),
    acceptedAt: instant('accepted_at').notNull(),
  },
  (table) => [primaryKey({ columns: [table.candidateId, table.version] })],
)

export const primaryChanges = sqliteTable('primary_changes', {
  id: integer('id').primaryKey(),
  candidateId: text('candidate_id').notNull(),
  fromNormalized: text('from_normalized').notNull(),
  toNormalized: text('to_normalized').notNull(),
  changedAt: instant('changed_at').notNull(),
  undoUntil: instant('undo_until').notNull(),
  undoneAt: instant('undone_at'),
})

export const recoveryProofs = ['none', 'number_and_birth', 'photo_id'] as const

export const recoveries = sqliteTable('recoveries', {
  id: integer('id').primaryKey(),
  candidateId: text('candidate_id'),
  newAddress: text('new_address').notNull(),
  newNormalized: text('new_normalized').notNull(),
  proof: text('proof', { enum: recoveryProofs }).notNull(),
  askedAt: instant('asked_at').notNull(),
  confirmedAt: instant('confirmed_at'),
  effectiveAt: instant('effective_at'),
  stoppedAt: instant('stopped_at'),
  doneAt: instant('done_at'),
})

export const requestKinds = [
  'name_change',
  'address_recovery',
  'merge_conflict',
  'course_completion',
  'missing_result',
  'result_question',
  'other',
] as const
export const requestStates = ['open', 'waiting', 'approved', 'refused', 'answered', 'withdrawn'] as const

export const requests = sqliteTable('requests', {
  id: integer('id').primaryKey(),
  kind: text('kind', { enum: requestKinds }).notNull(),
  candidateId: text('candidate_id').notNull(),
  submission: text('submission').notNull(),
  state: text('state', { enum: requestStates }).notNull(),
  details: text('details', { mode: 'json' }).notNull(),
  createdAt: instant('created_at').notNull(),
  turnSince: instant('turn_since').notNull(),
  assignedTo: integer('assigned_to'),
  decidedAt: instant('decided_at'),
  decidedBy: integer('decided_by'),
  reason: text('reason'),
  helped: integer('helped', { mode: 'boolean' }),
  helpedComment: text('helped_comment'),
  ratedAt: instant('rated_at'),
})

export const messageVisibilities = ['shared', 'internal'] as const

export const requestMessages = sqliteTable('request_messages', {
  id: integer('id').primaryKey(),
  requestId: integer('request_id').notNull(),
  submission: text('submission').notNull(),
  staffId: integer('staff_id'),
  visibility: text('visibility', { enum: messageVisibilities }).notNull(),
  body: text('body').notNull(),
  byLink: integer('by_link', { mode: 'boolean' }).notNull().default(false),
  createdAt: instant('created_at').notNull(),
})

export const photoTypes = ['image/jpeg', 'image/png', 'image/heic', 'application/pdf'] as const

export const requestFiles = sqliteTable('request_files', {
  id: integer('id').primaryKey(),
  requestId: integer('request_id').notNull(),
  messageId: integer('message_id'),
  objectKey: text('object_key').notNull(),
  sealedKey: text('sealed_key'),
  mediaType: text('media_type', { enum: photoTypes }).notNull(),
  bytes: integer('bytes').notNull(),
  createdAt: instant('created_at').notNull(),
  destroyAfter: instant('destroy_after').notNull(),
  destroyedAt: instant('destroyed_at'),
  objectDeletedAt: instant('object_deleted_at'),
  sha256: text('sha256'),
})

export const cannedAnswers = sqliteTable('canned_answers', {
  id: integer('id').primaryKey(),
  title: text('title').notNull(),
  body: text('body').notNull(),
  changedAt: instant('changed_at').notNull(),
  changedBy: integer('changed_by').notNull(),
})

export const candidateAliases = sqliteTable('candidate_aliases', {
  aliasId: text('alias_id').primaryKey().notNull(),
  candidateId: text('candidate_id').notNull(),
  fullName: text('full_name').notNull(),
  mergedAt: instant('merged_at').notNull(),
})

export const mergeProofs = sqliteTable('merge_proofs', {
  id: integer('id').primaryKey(),
  candidateId: text('candidate_id').notNull(),
  otherId: text('other_id').notNull(),
  provedBy: text('proved_by', { enum: ['link', 'password'] }).notNull(),
  provedAt: instant('proved_at').notNull(),
  expiresAt: instant('expires_at').notNull(),
})

export const dataExports = sqliteTable('data_exports', {
  id: integer('id').primaryKey(),
  candidateId: text('candidate_id').notNull(),
  askedAt: instant('asked_at').notNull(),
  claimedAt: instant('claimed_at'),
  readyAt: instant('ready_at'),
  objectKey: text('object_key'),
  bytes: integer('bytes'),
  downloadedAt: instant('downloaded_at'),
  expiresAt: instant('expires_at').notNull(),
  goneAt: instant('gone_at'),
})

export const closedCandidates = sqliteTable('closed_candidates', {
  idHmac: text('id_hmac').primaryKey().notNull(),
  closedAt: instant('closed_at').notNull(),
})

export const feedEvents = sqliteTable('feed_events', {
  id: integer('id').primaryKey(),
  feed: text('feed').notNull(),
  eventId: text('event_id').notNull(),
  kind: text('kind').notNull(),
  happenedAt: instant('happened_at').notNull(),
  receivedAt: instant('received_at').notNull(),
  body: text('body'),
  deliveryId: text('delivery_id'),
})

export const feedSecrets = sqliteTable('feed_secrets', {
  feed: text('feed').primaryKey().notNull(),
  sealed: text('sealed').notNull(),
  madeAt: instant('made_at').notNull(),
  previousSealed: text('previous_sealed'),
  previousUntil: instant('previous_until'),
})

export const resultMarks = sqliteTable(
  'result_marks',
  {
    feed: text('feed').notNull(),
    registrationId: text('registration_id').notNull(),
    mark: text('mark', { enum: ['held', 'revoked'] }).notNull(),
    isSet: integer('is_set', { mode: 'boolean' }).notNull(),
    vendorTime: integer('vendor_time').notNull(),
  },
  (table) => [primaryKey({ columns: [table.feed, table.registrationId, table.mark] })],
)
