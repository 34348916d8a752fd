const MORNING = 8
const EVENING = 20
const HOUR_MS = 3_600_000

/** When mail that is not urgent reaches somebody by day: now, or the next morning where they are. */
export function byDay(timeZone: string, now: Date): Date {
  const hour = hourIn(timeZone, now)
  if (hour >= MORNING && hour < EVENING) return now
  const hours = hour < MORNING ? MORNING - hour : 24 + MORNING - hour
  return new Date(now.getTime() + hours * HOUR_MS)
}

function hourIn(timeZone: string, now: Date): number {
  return Number(new Intl.DateTimeFormat('en', { timeZone, hour: 'numeric', hourCycle: 'h23' }).format(now))
}
