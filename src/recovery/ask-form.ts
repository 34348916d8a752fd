import * as v from 'valibot'
import { addressField } from '../addresses/address-form.ts'
import { type CalendarDate, isCalendarDate } from '../core/calendar-date.ts'
import { isPrintable } from '../core/plain-text.ts'
import { accountNameField } from '../sign-in/account-name.ts'

const LONGEST_NUMBER = 100
const EARLIEST_BIRTH: CalendarDate = '1900-01-01'

const PrintedNumber = v.pipe(
  v.optional(v.string('recovery.number.refused'), ''),
  // Printed with spaces, and typed as people type.
  v.transform((text) => text.normalize('NFC').replace(/\s/g, '').toUpperCase()),
  v.check((text) => isPrintable(text) && text.length <= LONGEST_NUMBER, 'recovery.number.refused'),
  v.transform((text) => (text === '' ? null : text)),
)

/** What somebody fills in who lost their address; `today` is the last day on which one can have been born. */
export function askForm(today: CalendarDate) {
  return v.object({
    candidateId: v.pipe(
      accountNameField('recovery.id.missing', 'candidate_id'),
      v.transform((name) => (name.kind === 'candidate_id' ? name.id : '')),
    ),
    number: PrintedNumber,
    birthOn: v.pipe(
      v.optional(v.string('recovery.birth.refused'), ''),
      v.trim(),
      v.check(
        (text) => text === '' || (isCalendarDate(text) && text >= EARLIEST_BIRTH && text <= today),
        'recovery.birth.refused',
      ),
      v.transform((text): CalendarDate | null => (text === '' ? null : text)),
    ),
    email: addressField('recovery.email.refused'),
  })
}

export type AskForm = v.InferOutput<ReturnType<typeof askForm>>
