import type { Brake, deliveryStates } from '../schema.ts'

/** How a delivery stands, as staff see it: `stopped` by its brakes, `partial` where something of it was not read. */
export type DeliveryStanding =
  | 'received'
  | 'importing'
  | 'imported'
  | 'stopped'
  | 'partial'
  | 'seen'
  | 'failed'
  | 'set-aside'

export type StoredState = {
  state: (typeof deliveryStates)[number]
  brakes: readonly Brake[] | null
  setAsideBy: number | null
}

export function standingOfDelivery({ state, brakes, setAsideBy }: StoredState): DeliveryStanding {
  if (state === 'failed') return setAsideBy === null ? 'failed' : 'set-aside'
  if (state !== 'needs_review') return state
  if (brakes !== null) return 'stopped'
  return setAsideBy === null ? 'partial' : 'seen'
}

export function isUnderWay(standing: DeliveryStanding): boolean {
  return standing === 'received' || standing === 'importing'
}

/** Whether it waits for somebody of the staff. */
export function wantsLook(standing: DeliveryStanding): boolean {
  return standing === 'stopped' || standing === 'partial' || standing === 'failed'
}
