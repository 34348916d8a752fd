const DAY_MS = 86_400_000

/**
 * The instant at which a clock on the wall of a zone shows a time, both in milliseconds; `shown` as if the clock stood
 * in UTC. A time that the clock shows twice, when it is put back, means the first. One that it never shows, when it is
 * put forward, is what it would have shown had nobody touched it: half past two that night is half an hour after two.
 */
export function instantOfWallClock(shown: number, timeZone: string): number {
  if (timeZone === 'UTC') return shown
  const [before, after] = [offsetAt(shown - DAY_MS, timeZone), offsetAt(shown + DAY_MS, timeZone)]
  const isAfter = before !== after && offsetAt(shown - before, timeZone) !== before
  return isAfter && offsetAt(shown - after, timeZone) === after ? shown - after : shown - before
}

/** By how much the zone's clock is ahead of UTC at an instant. */
function offsetAt(instant: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  }).formatToParts(instant)
  const value = (type: string) => Number(parts.find((part) => part.type === type)!.value)
  const shown = Date.UTC(
    value('year'),
    value('month') - 1,
    value('day'),
    value('hour'),
    value('minute'),
    value('second'),
  )
  return shown - Math.floor(instant / 1000) * 1000
}
