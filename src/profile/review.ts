/** Once a year candidates are asked whether what we know of them is still right. */
export const REVIEW_AFTER_MS = 365 * 86_400_000

/** Whether it is time to look again; a record that nobody ever looked at counts from its beginning. */
export function reviewIsDue(
  { reviewedAt, createdAt }: { reviewedAt: Date | null; createdAt: Date },
  now: Date,
): boolean {
  return now.getTime() - (reviewedAt ?? createdAt).getTime() >= REVIEW_AFTER_MS
}
