import * as v from 'valibot'

/** What becomes of issued certificates, and the candidate ID typed as a confirmation, in any case. */
export function closingForm(candidateId: string) {
  return v.object({
    verification: v.pipe(
      v.optional(v.string('privacy.close.verification.missing'), ''),
      v.picklist(['ends', 'keeps'], 'privacy.close.verification.missing'),
    ),
    confirm: v.pipe(
      v.optional(v.string('privacy.close.confirm.wrong'), ''),
      v.check(
        (typed) => typed.trim().toUpperCase() === candidateId.toUpperCase(),
        'privacy.close.confirm.wrong',
      ),
    ),
  })
}
