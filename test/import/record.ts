import { asc, eq } from 'drizzle-orm'
import * as schema from '../../src/schema.ts'
import { db } from '../support/builders.ts'

/** What candidates and employers can see of an import, without what only says how it came. */
export async function record() {
  const [people, results, awards, mails] = await db.batch([
    db
      .select({ id: schema.candidates.id, name: schema.candidates.fullName })
      .from(schema.candidates)
      .orderBy(asc(schema.candidates.id)),
    db
      .select({
        registrationId: schema.results.registrationId,
        delivery: schema.results.delivery,
        grade: schema.results.grade,
        validity: schema.results.validity,
        score: schema.results.score,
      })
      .from(schema.results)
      .orderBy(asc(schema.results.registrationId)),
    db
      .select({
        candidateId: schema.awards.candidateId,
        certification: schema.awards.certification,
        awardedOn: schema.awards.awardedOn,
        expiresOn: schema.awards.expiresOn,
      })
      .from(schema.awards)
      .orderBy(asc(schema.awards.candidateId), asc(schema.awards.awardedOn)),
    db
      .select({ key: schema.mailOutbox.dedupeKey })
      .from(schema.mailOutbox)
      .orderBy(asc(schema.mailOutbox.dedupeKey)),
  ])
  return { people, results, awards, mails: mails.map(({ key }) => key.replace(/^award\/.*/, 'award')) }
}

/** Why rows of the record wait, by line. */
export async function waitingRows() {
  return db
    .select({
      line: schema.quarantinedRows.line,
      reason: schema.quarantinedRows.reason,
      resolvedAt: schema.quarantinedRows.resolvedAt,
    })
    .from(schema.quarantinedRows)
    .orderBy(asc(schema.quarantinedRows.deliveryId), asc(schema.quarantinedRows.line))
}

/** What was found in a delivery, in the order in which it lies there. */
export async function membersOf(deliveryId: string) {
  return db
    .select()
    .from(schema.deliveryMembers)
    .where(eq(schema.deliveryMembers.deliveryId, deliveryId))
    .orderBy(asc(schema.deliveryMembers.number))
}

/** How many rows did what, over all deliveries. */
export async function totals() {
  const totals = { new: 0, changed: 0, unchanged: 0, superseded: 0, quarantined: 0, skipped: 0 }
  for (const chunk of await db.select().from(schema.deliveryChunks)) {
    totals.new += chunk.rowsNew
    totals.changed += chunk.rowsChanged
    totals.unchanged += chunk.rowsUnchanged
    totals.superseded += chunk.rowsSuperseded
    totals.quarantined += chunk.rowsQuarantined
    totals.skipped += chunk.rowsSkipped
  }
  return totals
}
