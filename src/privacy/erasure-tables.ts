/**
 * What closing an account does with every table that names a candidate, by column. `moved`: the row stays, under the
 * pseudonym. `deleted`: it goes; in this order, since other rows are found by the last ones. A test compares this with
 * the schema: a table that is not here would keep the person, or keep them from going.
 */
export const personColumns = [
  { table: 'registrations', column: 'candidate_id', fate: 'moved' },
  { table: 'results', column: 'candidate_id', fate: 'moved' },
  { table: 'awards', column: 'candidate_id', fate: 'moved' },
  { table: 'course_completions', column: 'candidate_id', fate: 'moved' },
  { table: 'award_acts', column: 'candidate_id', fate: 'moved' },
  { table: 'approvals', column: 'candidate_id', fate: 'moved' },
  { table: 'reached_milestones', column: 'candidate_id', fate: 'moved' },

  { table: 'passwords', column: 'candidate_id', fate: 'deleted' },
  { table: 'access_links', column: 'candidate_id', fate: 'deleted' },
  { table: 'sessions', column: 'candidate_id', fate: 'deleted' },
  { table: 'passkeys', column: 'candidate_id', fate: 'deleted' },
  { table: 'passkey_challenges', column: 'candidate_id', fate: 'deleted' },
  { table: 'totp_secrets', column: 'candidate_id', fate: 'deleted' },
  { table: 'recovery_codes', column: 'candidate_id', fate: 'deleted' },
  { table: 'pending_sign_ins', column: 'candidate_id', fate: 'deleted' },
  { table: 'known_browsers', column: 'candidate_id', fate: 'deleted' },
  { table: 'mail_outbox', column: 'candidate_id', fate: 'deleted' },
  { table: 'quarantined_rows', column: 'candidate_id', fate: 'deleted' },
  { table: 'run_effects', column: 'candidate_id', fate: 'deleted' },
  { table: 'held_mails', column: 'candidate_id', fate: 'deleted' },
  { table: 'name_words', column: 'candidate_id', fate: 'deleted' },
  { table: 'agreement_acceptances', column: 'candidate_id', fate: 'deleted' },
  { table: 'primary_changes', column: 'candidate_id', fate: 'deleted' },
  { table: 'recoveries', column: 'candidate_id', fate: 'deleted' },
  { table: 'merge_proofs', column: 'candidate_id', fate: 'deleted' },
  { table: 'merge_proofs', column: 'other_id', fate: 'deleted' },
  { table: 'data_exports', column: 'candidate_id', fate: 'deleted' },
  { table: 'transcripts', column: 'candidate_id', fate: 'deleted' },
  { table: 'requests', column: 'candidate_id', fate: 'deleted' },
  { table: 'result_reviews', column: 'candidate_id', fate: 'deleted' },
  { table: 'vendor_candidates', column: 'candidate_id', fate: 'deleted' },

  { table: 'candidate_emails', column: 'candidate_id', fate: 'deleted' },
  { table: 'candidate_aliases', column: 'candidate_id', fate: 'deleted' },
  { table: 'candidate_links', column: 'candidate_id', fate: 'deleted' },
  { table: 'audit_subjects', column: 'candidate_id', fate: 'deleted' },
] as const satisfies { table: string; column: string; fate: 'moved' | 'deleted' }[]

/** Tables that hold something of a person without naming them, and by which other table it is theirs. */
export const dependentTables = {
  transcript_awards: 'transcripts',
  request_files: 'requests',
  request_messages: 'requests',
  renewals: 'awards',
  expiry_reminders: 'awards',
  result_versions: 'results',
  result_marks: 'results',
  result_sections: 'results',
} as const

/**
 * Tables in which no candidate stands. An event stands in feed_events until its delivery has it, which is a tick at
 * most, and is emptied before that when whoever it names leaves.
 */
export const impersonalTables = [
  // Awards by their rows, which stay under the pseudonym.
  'act_proposals',
  'audit_log',
  'canned_answers',
  'closed_candidates',
  'deliveries',
  'delivery_chunks',
  'delivery_members',
  'exam_code_aliases',
  'feeds',
  'feed_events',
  'feed_secrets',
  'program_versions',
  'program_changes',
  'program_runs',
  'sign_in_brakes',
  // Keys of rows for as long as their delivery is imported, in which nobody is erased.
  'staged_rows',
  'staged_chunks',
  'staff',
  'staff_sessions',
] as const
