import type { Fault } from '../row.ts'

/** Why an event waits that says a part of something that we do not have yet. It is tried again when that comes. */
export function beforeItsSitting(what: 'result' | 'booking', registrationId: string): Fault {
  return {
    reason: 'event_before_result',
    message: `came before the ${what} of registration ${registrationId}`,
  }
}
