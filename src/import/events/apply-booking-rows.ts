import type { Database } from '../../core/database.ts'
import { type Applied, tallyOf, together } from '../applied.ts'
import { applyRegistrations } from '../apply-registrations.ts'
import type { Origin } from '../origin.ts'
import type { RegistrationFields } from '../read-registration-row.ts'
import type { SourceRow } from '../row.ts'
import { beforeItsSitting } from './before-sitting.ts'
import { loadWholeBookings } from './booking-queries.ts'
import type { BookingChange } from './read-change.ts'

type Row = SourceRow<RegistrationFields | BookingChange>

/**
 * Takes in rows about bookings, whole ones and events. What an event leaves out is as it was stored; one that tells of a
 * booking for the first time must say whose it is and for which exam, else it waits until the booking is known.
 */
export async function applyBookingRows(db: Database, origin: Origin, rows: readonly Row[]): Promise<Applied> {
  const changes = rows.filter(({ fields }) => isChange(fields))
  if (changes.length === 0) return applyRegistrations(db, origin, rows as SourceRow<RegistrationFields>[])

  const stored = await loadWholeBookings(
    db,
    origin.feed.id,
    changes.map(({ fields }) => fields.registrationId),
  )
  const tally = tallyOf('registration')
  const whole: SourceRow<RegistrationFields>[] = []
  for (const { line, raw, fields } of rows) {
    const completed = isChange(fields) ? complete(fields, stored.get(fields.registrationId)) : fields
    if (completed) whole.push({ line, raw, fields: completed })
    else tally.refuse({ line, raw, fields }, beforeItsSitting('booking', fields.registrationId))
  }
  const applied = await applyRegistrations(db, origin, whole)
  return together([applied, { counts: tally.counts, kept: tally.kept, writes: [] }])
}

function isChange(fields: RegistrationFields | BookingChange): fields is BookingChange {
  return 'event' in fields
}

function complete(change: BookingChange, stored: RegistrationFields | undefined): RegistrationFields | null {
  const candidateId = change.candidateId || stored?.candidateId
  const examCode = change.examCode || stored?.examCode
  if (candidateId === undefined || examCode === undefined) return null
  const { appointmentOn, appointmentTime, timeZone } =
    change.appointmentOn !== null ? change : (stored ?? change)
  return {
    registrationId: change.registrationId,
    candidateId,
    examCode,
    state: change.state,
    appointmentOn,
    appointmentTime,
    timeZone: timeZone ?? stored?.timeZone ?? null,
    siteCode: change.siteCode ?? stored?.siteCode ?? null,
    clientAuthorizationId: change.clientAuthorizationId ?? stored?.clientAuthorizationId ?? null,
    eligibleFrom: stored?.eligibleFrom ?? null,
    eligibleTo: stored?.eligibleTo ?? null,
    modifiedAt: change.modifiedAt,
  }
}
