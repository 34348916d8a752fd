import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDays } from '../../src/core/calendar-date.ts'
import { lineCursorOf, readLineCursor } from '../../src/deliveries/delivery-detail.ts'
import { readListCursor } from '../../src/deliveries/delivery-list.ts'
import { standingOfDelivery, wantsLook } from '../../src/deliveries/delivery-standing.ts'
import { importDays, pictureLayout } from '../../src/deliveries/import-picture.ts'
import { readLateCursor } from '../../src/deliveries/late-list.ts'
import { shareDone, stageOf } from '../../src/deliveries/progress.ts'
import { compareVersions, type Version } from '../../src/deliveries/version-differences.ts'
import { lastLateAppointment } from '../../src/exams/late-appointments.ts'
import { expectResult } from '../../src/exams/result-expectation.ts'
import { csvStream, csvText, MOST_EXPORTED_ROWS } from '../../src/import/csv-export.ts'
import { noCounts } from '../../src/import/row.ts'

test.each([
  ['imported', null, null, 'imported', false],
  ['needs_review', [{ kind: 'empty', detail: {} }], null, 'stopped', true],
  ['needs_review', null, null, 'partial', true],
  ['needs_review', null, 7, 'seen', false],
  ['failed', null, null, 'failed', true],
  ['failed', [{ kind: 'empty', detail: {} }], 7, 'set-aside', false],
] as const)(
  'a delivery that is %s, with brakes %j, set aside by %s, is %s',
  (state, brakes, setAsideBy, standing, looks) => {
    expect(standingOfDelivery({ state, brakes, setAsideBy })).toBe(standing)
    expect(wantsLook(standing)).toBe(looks)
  },
)

describe('the picture', () => {
  const quarter = { fresh: 3, known: 0, waiting: 1, deliveries: 1 }

  test('counts by the days of the program, not of UTC', () => {
    const late = { ...quarter, at: Date.parse('2026-06-02T03:00:00Z') }
    const early = { ...quarter, at: Date.parse('2026-06-02T12:00:00Z') }

    const days = importDays([late, early], '2026-06-02', 'America/Los_Angeles')

    expect(days).toHaveLength(30)
    expect(days.slice(-2)).toMatchObject([
      { date: '2026-06-01', fresh: 3, waiting: 1, deliveries: 1 },
      { date: '2026-06-02', fresh: 3, waiting: 1, deliveries: 1 },
    ])
  })

  test('stacks what came of the rows, shows even one row beside a million, and stays in its frame', () => {
    const at = Date.parse('2026-06-02T12:00:00Z')
    const days = importDays(
      [
        { at, fresh: 1_000_000, known: 5, waiting: 1, deliveries: 1 },
        { at: at - 86_400_000, fresh: 0, known: 1, waiting: 0, deliveries: 1 },
      ],
      '2026-06-02',
      'UTC',
    )

    const { bars, labels, ground } = pictureLayout(days, { width: 300, height: 170, dates: 5 })

    expect(bars.map(({ layer }) => layer)).toEqual(['known', 'fresh', 'known', 'waiting'])
    expect(bars.every(({ height }) => height >= 2)).toBe(true)
    expect(
      bars.every(
        ({ x, y, width, height }) => x >= 0 && x + width <= 300 && y >= 0 && y + height <= ground + 0.1,
      ),
    ).toBe(true)
    expect(labels.at(-1)).toMatchObject({ date: '2026-06-02' })
    expect(labels).toHaveLength(5)
  })
})

describe('versions', () => {
  const version = (given: Partial<Version>): Version => ({
    deliveryId: 'd',
    deliveryName: 'exam.dat',
    member: 'exam.dat',
    line: 2,
    outcome: 'changed',
    stands: false,
    vendorTime: new Date(0),
    importedAt: new Date(0),
    said: { grade: 'pass', score: '742' },
    ...given,
  })

  test('tell in their order what each says otherwise than what stood when it came', () => {
    const compared = compareVersions([
      version({ importedAt: new Date(3), said: { grade: 'fail', score: '690', form: 'B' }, stands: true }),
      version({ importedAt: new Date(1), outcome: 'new' }),
      version({ importedAt: new Date(2), outcome: 'superseded', said: { grade: 'fail', score: '1' } }),
    ])

    expect(compared.map(({ outcome }) => outcome)).toEqual(['new', 'superseded', 'changed'])
    expect(compared[0]!.differences).toEqual([])
    expect(compared[1]!.differences).toEqual([
      { field: 'grade', from: 'pass', to: 'fail' },
      { field: 'score', from: '742', to: '1' },
    ])
    expect(compared[2]!.differences).toEqual([
      { field: 'grade', from: 'pass', to: 'fail' },
      { field: 'score', from: '742', to: '690' },
      { field: 'form', from: '', to: 'B' },
    ])
  })
})

test('an import is told by how far its two passes over the bytes are', () => {
  const progress = {
    state: 'importing',
    stagedBytes: 0,
    appliedBytes: 0,
    totalBytes: 100,
    rows: 0,
    counts: noCounts(),
  } as const

  expect(stageOf({ ...progress, state: 'received' })).toBe('waiting')
  expect(stageOf({ ...progress, totalBytes: 0 })).toBe('opening')
  expect(stageOf(progress)).toBe('staging')
  expect(stageOf({ ...progress, stagedBytes: 100, appliedBytes: 50 })).toBe('applying')
  expect(shareDone({ ...progress, stagedBytes: 100, appliedBytes: 50 })).toBe(0.75)
  expect(stageOf({ ...progress, stagedBytes: 100, appliedBytes: 100 })).toBe('settling')
  expect(stageOf({ ...progress, state: 'failed' })).toBe('ended')
})

test('a sitting is late for staff exactly when it is for its candidate', () => {
  const settings = {
    businessDays: [1, 2, 3, 4, 5] as (1 | 2 | 3 | 4 | 5)[],
    holidays: ['2026-11-26', '2026-12-25'],
    results: { usualBusinessDays: 2, lateAfterBusinessDays: 5 },
  }
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 30 }), (offset, ago) => {
      const today = addDays('2026-11-20', offset)
      const appointmentOn = addDays(today, -ago)
      const isLate = expectResult(settings, { appointmentOn, state: 'delivered' }, today).state === 'late'

      expect(appointmentOn <= lastLateAppointment(settings, today)).toBe(isLate)
    }),
  )
})

test('addresses of further pages are read back, and anything else begins at the first', () => {
  const place = { member: 'a.b/ü.dat', line: 12 }
  expect(readLineCursor(lineCursorOf(place))).toEqual(place)
  for (const text of [undefined, '', 'x', '1', '9'.repeat(30), '-1.x', '1.'.padEnd(2000, 'x')])
    expect(readLineCursor(text)).toBeNull()
  for (const text of [undefined, '', 'x.y', '1.DROP', '1.'.padEnd(99, 'a')])
    expect(readListCursor(text)).toBeNull()
  for (const text of [undefined, '', '2026-02-30.pearson.1', '2026-02-03.Pearson.1', '2026-02-03.pearson.'])
    expect(readLateCursor(text)).toBeNull()
  expect(readLateCursor('2026-02-03.pearson.30.1')).toEqual({
    on: '2026-02-03',
    feed: 'pearson',
    registrationId: '30.1',
  })
})

describe('a table for spreadsheets', () => {
  test('holds no formula, whatever a cell begins with', () => {
    const formulas = ['=1+1', '+1', '-1', '@x', '\tx', '\rx', '=HYPERLINK("x")\nsecond line']
    const text = csvText([formulas, ['plain', 'a,b', 'say "x"', null, 7]])

    expect(text).toBe(
      `"'=1+1","'+1","'-1","'@x","'\tx","'\rx","'=HYPERLINK(""x"")\nsecond line"\r\nplain,"a,b","say ""x""",,7\r\n`,
    )
  })

  test('ends where it must, and says so', async () => {
    let pages = 0
    const page = async () => {
      pages += 1
      return { rows: Array.from({ length: 30_000 }, (_, n) => [n]), isLast: false }
    }

    const text = await new Response(csvStream(['n'], page, 'Cut here')).text()

    const lines = text.trimEnd().split('\r\n')
    expect(lines[0]).toBe('n')
    expect(lines).toHaveLength(1 + MOST_EXPORTED_ROWS + 1)
    expect(lines.at(-1)).toBe('Cut here')
    expect(pages).toBe(4)
  })

  test('has no last line of that sort where all of it is there', async () => {
    const page = async () => ({ rows: [['x']], isLast: true })

    expect(await new Response(csvStream(['n'], page, 'Cut here')).text()).toBe('n\r\nx\r\n')
  })
})
