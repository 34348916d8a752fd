const DAY_MS = 24 * 3_600_000

/** For so long the holder of an account that is to close can change their mind. */
export const COOLING_OFF_DAYS = 14
/** For so long a copy of the data waits to be downloaded. */
export const COPY_KEPT_DAYS = 7
export const COPIES_PER_DAY = 3

export function closingAt(now: Date): Date {
  return new Date(now.getTime() + COOLING_OFF_DAYS * DAY_MS)
}

export function copyExpiresAt(now: Date): Date {
  return new Date(now.getTime() + COPY_KEPT_DAYS * DAY_MS)
}

/** Since when copies that were asked for count towards today's. */
export function dayBefore(now: Date): Date {
  return new Date(now.getTime() - DAY_MS)
}
