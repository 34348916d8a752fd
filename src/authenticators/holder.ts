/** Whose a way to sign in is: a candidate's or one of the staff's. */
export type Holder = { candidateId: string } | { staffId: number }

/** Both columns of a table that keeps things of either. */
export function holderColumns(holder: Holder): { candidateId: string | null; staffId: number | null } {
  return 'candidateId' in holder
    ? { candidateId: holder.candidateId, staffId: null }
    : { candidateId: null, staffId: holder.staffId }
}

/** Names the holder in what is sealed for them, so that it opens for nobody else. */
export function holderName(holder: Holder): string {
  return 'candidateId' in holder ? `candidate ${holder.candidateId}` : `staff ${holder.staffId}`
}
