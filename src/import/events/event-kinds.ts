/** What a vendor may tell of a result that we have: one axis of it changes, the rest stays. */
export const resultChangeKinds = [
  'place-hold',
  'release-hold',
  'revoke-result',
  'unrevoke-result',
  'modify-result-status',
] as const
export type ResultChangeKind = (typeof resultChangeKinds)[number]

/** What tells a whole result, as a row of a file does. */
const wholeResultKinds = ['result-notification', 'ABSENT', 'EXCUSED_ABSENT'] as const

/** What a vendor may tell of a booking; what it leaves out stays as it was. */
export const bookingKinds = [
  'modify-appointment',
  'cancel-appointment',
  'BOOKING_CREATED',
  'BOOKING_RESCHEDULED',
  'BOOKING_CANCELLED',
  'EXAM_COMPLETED',
] as const

export type EventKind = ResultChangeKind | (typeof wholeResultKinds)[number] | (typeof bookingKinds)[number]

/** The change of a result that a cell of the column `event` names, if it names one. */
export function resultChangeKind(cell: string): ResultChangeKind | null {
  return resultChangeKinds.find((kind) => kind === cell) ?? null
}

/** Whether a cell of the column `event` says that the row is an event's, and so was written by us. */
export function isEventKind(cell: string): boolean {
  return [...resultChangeKinds, ...wholeResultKinds, ...bookingKinds].some((kind) => kind === cell)
}
