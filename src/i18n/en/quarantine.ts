/** Why a row waits, for staff: one line each, by its reason code. */
export const quarantine = {
  'quarantine.title': 'Quarantine',
} as const
