import { unzipSync } from 'fflate'
import { describe, expect, test } from 'vitest'
import { bundleFile } from '../../../src/import/events/bundle-file.ts'
import { readEvents } from '../../../src/import/events/read-events.ts'
import { isSignedWith, readSignature, signatureOf } from '../../../src/import/events/signature.ts'
import {
  type MarkStatement,
  marksOfStored,
  marksOfWord,
  validityOf,
  withStatements,
} from '../../../src/import/events/validity-marks.ts'

const NOW = new Date('2026-06-01T12:00:00Z')
const bytes = (value: unknown) =>
  new TextEncoder().encode(typeof value === 'string' ? value : JSON.stringify(value))

describe('a signature', () => {
  const body = bytes('{"a":1}')
  const at = (offsetS: number) => String(NOW.getTime() / 1000 + offsetS)
  const signed = async (secret: string) => signatureOf(secret, NOW.getTime(), body)

  test('is HMAC-SHA256 over the time, a dot and the body, as openssl makes it', async () => {
    // printf '1780315200.{"a":1}' | openssl dgst -sha256 -hmac secret
    expect(await signatureOf('secret', NOW.getTime(), body)).toBe(
      'v1=c7abd691c722e72740d557ca6fcbdae635ad87ff7cbd965ee798d8eb60715b99',
    )
  })

  test('is read within five minutes of now, either way', () => {
    const signature = `v1=${'ab'.repeat(32)}`
    const read = (timestamp: string | undefined, given: string | undefined = signature) =>
      readSignature({ timestamp, signature: given }, NOW)

    expect([0, 300, -300].map((offset) => read(at(offset)) !== null)).toEqual([true, true, true])
    expect([301, -301].map((offset) => read(at(offset)))).toEqual([null, null])
    expect([undefined, '', 'now', '-1', `0${at(0)}`, `${at(0)}.5`].map((time) => read(time))).toEqual(
      Array(6).fill(null),
    )
    expect(['', 'v2=00', 'v1=00', `v1=${'zz'.repeat(32)}`].map((given) => read(at(0), given))).toEqual(
      Array(4).fill(null),
    )
    expect(read(at(0), `v2=x, ${signature},${signature}`)!.signatures).toHaveLength(2)
  })

  test('counts with any secret that is in force, among any number of signatures, and for this body only', async () => {
    const given = { timestamp: at(0), signature: `${await signed('new')}, ${await signed('old')}` }
    const signature = readSignature(given, NOW)!

    expect(await isSignedWith(['new'], signature, body)).toBe(true)
    expect(await isSignedWith(['newer', 'old'], signature, body)).toBe(true)
    expect(await isSignedWith(['newer'], signature, body)).toBe(false)
    expect(await isSignedWith(['new'], signature, bytes('{"a":2}'))).toBe(false)
    expect(await isSignedWith(['new'], { ...signature, signedAt: signature.signedAt + 1000 }, body)).toBe(
      false,
    )
  })

  test('counts for nothing where there is no secret', async () => {
    const given = { timestamp: at(0), signature: await signed('no secret') }

    expect(await isSignedWith([], readSignature(given, NOW)!, body)).toBe(false)
  })
})

describe('a body', () => {
  const hold = { type: 'place-hold', occurredAt: '2026-06-01T10:00:00+02:00', registrationId: 'R1' }
  const psi = {
    change_reason: 'BOOKING_CREATED',
    booking_code: 'B1',
    booking_on: '2026-07-01T22:30:00Z',
    candidate_id: '00001234',
    candidate_fname: 'Ada',
    effective_date: '2026-05-30T08:00:00Z',
    exam_code: 'JN0-106',
    location_code: '77',
    location_timezone: 'America/New_York',
  }
  const read = (body: unknown) => readEvents(bytes(body), NOW.getTime())
  const rowOf = (body: unknown) => {
    const events = read(body)
    if (!events.ok) throw new Error(JSON.stringify(events.refusal))
    return events.value[0]!.event
  }

  test.each([
    [
      'result-notification',
      { examCode: 'JN0-106', deliveredAt: '2026-05-04T12:30', grade: 'pass', score: 742, attempt: 2 },
      { table: 'results', cells: { delivery: 'delivered', grade: 'pass', score: '742', attempt: '2' } },
    ],
    ['place-hold', {}, { table: 'results', cells: { registration_id: 'R1' } }],
    ['release-hold', {}, { table: 'results' }],
    ['revoke-result', { examCode: 'JN0-106' }, { table: 'results', cells: { exam_code: 'JN0-106' } }],
    ['unrevoke-result', {}, { table: 'results' }],
    ['modify-result-status', { grade: 'fail' }, { table: 'results', cells: { grade: 'fail', score: '' } }],
    [
      'modify-appointment',
      { appointmentAt: '2026-07-01T09:30' },
      { table: 'registrations', cells: { state: 'rescheduled', appointment_at: '2026-07-01T09:30' } },
    ],
    ['cancel-appointment', {}, { table: 'registrations', cells: { state: 'cancelled' } }],
  ])('with %s of our envelope is understood', (type, fields, row) => {
    expect(rowOf({ ...hold, id: 'E1', type, ...fields })).toMatchObject({
      id: 'E1',
      kind: type,
      happenedAt: Date.parse('2026-06-01T08:00:00Z'),
      row,
    })
  })

  test.each([
    [
      'BOOKING_CREATED',
      { table: 'registrations', cells: { state: 'scheduled', time_zone: 'America/New_York' } },
    ],
    ['BOOKING_RESCHEDULED', { table: 'registrations', cells: { state: 'rescheduled' } }],
    ['BOOKING_CANCELLED', { table: 'registrations', cells: { state: 'cancelled' } }],
    ['EXAM_COMPLETED', { table: 'registrations', cells: { state: 'delivered' } }],
    ['ABSENT', { table: 'results', cells: { delivery: 'no_show', delivered_at: '2026-07-01T18:30' } }],
    ['EXCUSED_ABSENT', { table: 'results', cells: { delivery: 'no_show_excused', grade: 'none' } }],
  ])('of PSI with %s is understood, on the clock of the test centre', (change_reason, row) => {
    const event = rowOf({ ...psi, change_reason })

    expect(event).toMatchObject({ id: null, happenedAt: Date.parse(psi.effective_date), row })
    expect(JSON.stringify(event)).toContain('2026-07-01T18:30')
    expect(JSON.stringify(event)).not.toContain('Ada')
  })

  test('of PSI without a zone that is known stays in UTC, and without a time has the time of its sending', () => {
    const { effective_date: _, ...undated } = psi

    expect(rowOf({ ...undated, location_timezone: 'Eastern', exam_code: null })).toMatchObject({
      happenedAt: NOW.getTime(),
      row: { cells: { appointment_at: '2026-07-01T22:30', time_zone: 'UTC', exam_code: '' } },
    })
  })

  test.each([
    ['{', ''],
    [42, ''],
    [{ ...hold, type: 'praise' }, 'type'],
    [{ ...hold, occurredAt: '2026-06-01 10:00' }, 'occurredAt'],
    [{ ...hold, occurredAt: '2027-06-01T10:00:00Z' }, 'occurredAt'],
    [{ ...hold, registrationId: 'two\nlines' }, 'registrationId'],
    [[hold, { ...hold, registrationId: '' }], '1.registrationId'],
    [{ ...hold, type: 'modify-result-status', grade: 'great' }, 'grade'],
    [{ ...hold, type: 'result-notification', examCode: 'x', deliveredAt: '04.05.2026' }, 'deliveredAt'],
    [{ ...psi, booking_on: 'soon' }, 'booking_on'],
    [{ ...psi, effective_date: '2027-01-01T00:00:00Z' }, 'effective_date'],
  ])('like %j is refused at "%s"', (body, path) => {
    expect(read(body)).toMatchObject({ ok: false, refusal: [{ path, message: expect.any(String) }] })
  })
})

test('more than a hundred events are too many, and none of them is read', () => {
  const events = Array(101).fill({ type: 'nonsense' })

  expect(readEvents(bytes(events), NOW.getTime())).toEqual({
    ok: false,
    refusal: [{ path: '', message: 'has 101 events, and at most 100 are taken' }],
  })
})

describe('whether a result stands', () => {
  const hold = { mark: 'held', isSet: true } as const
  const release = { mark: 'held', isSet: false } as const
  const revoke = { mark: 'revoked', isSet: true } as const
  const restore = { mark: 'revoked', isSet: false } as const
  const inTurn = (...said: Omit<MarkStatement, 'at'>[]) =>
    said.map((each, index) => ({ ...each, at: index + 1 }))

  function ordersOf<Item>(items: readonly Item[]): Item[][] {
    if (items.length < 2) return [[...items]]
    return items.flatMap((item, index) => ordersOf(items.toSpliced(index, 1)).map((rest) => [item, ...rest]))
  }

  test.each([
    [inTurn(hold), 'held'],
    [inTurn(hold, release), 'valid'],
    [inTurn(hold, revoke, release), 'revoked'],
    [inTurn(hold, revoke, restore), 'held'],
    [inTurn(revoke, restore, hold, release), 'valid'],
    [inTurn(release, revoke, hold, restore, revoke), 'revoked'],
    [
      [
        { ...release, at: 1 },
        { ...hold, at: 1 },
      ],
      'held',
    ],
  ])('%j comes to %s in whatever order it arrives', (said, validity) => {
    for (const order of ordersOf(said)) expect(validityOf(withStatements({}, order))).toBe(validity)
  })

  test('a word of a file counts by its time', () => {
    const marks = withStatements({}, inTurn(hold, revoke))

    expect(validityOf(withStatements(marks, marksOfWord('valid', 3)))).toBe('valid')
    expect(validityOf(withStatements(marks, marksOfWord('valid', 1)))).toBe('revoked')
    expect(validityOf(withStatements(marks, marksOfWord('held', 3)))).toBe('held')
    expect(
      validityOf(withStatements(withStatements(marks, marksOfWord('revoked', 3)), [{ ...restore, at: 4 }])),
    ).toBe('held')
  })

  test('what was revoked before marks were kept can be restored', () => {
    const marks = marksOfStored('revoked', {})

    expect(validityOf(withStatements(marks, [{ ...release, at: 1 }]))).toBe('revoked')
    expect(validityOf(withStatements(marks, [{ ...restore, at: 1 }]))).toBe('valid')
  })
})

test('the same events are the same bytes, and two of one sitting stand in two tables', () => {
  const event = (id: number, registration_id: string, table: 'results' | 'registrations' = 'results') => ({
    id,
    eventId: `E${id}`,
    kind: 'place-hold',
    happenedAt: id * 1000,
    receivedAt: 0,
    row: { table, cells: { registration_id } },
  })
  const events = [event(1, 'A'), event(2, 'A'), event(3, 'B, "b"'), event(4, 'A', 'registrations')]
  const erased = { ...event(5, 'C'), row: null }

  const { bytes: zip, left } = bundleFile([...events, erased])

  expect(left).toEqual([])
  expect(bundleFile(events).bytes).toEqual(zip)
  const members = Object.entries(unzipSync(zip!)).map(([name, data]) => [
    name,
    new TextDecoder().decode(data),
  ])
  expect(members.map(([name]) => name)).toEqual(['registrations-01.csv', 'results-01.csv', 'results-02.csv'])
  expect(members[1]![1]!.split('\r\n')).toEqual([
    expect.stringMatching(/^event,event_id,modified_at,registration_id,/),
    expect.stringMatching(/^place-hold,E1,1970-01-01T00:00:01.000Z,A,/),
    expect.stringMatching(/^place-hold,E3,1970-01-01T00:00:03.000Z,"B, ""b""",/),
    '',
  ])
  expect(bundleFile([erased])).toEqual({ bytes: null, left: [] })
  expect(bundleFile(Array.from({ length: 100 }, (_, n) => event(n, 'A'))).left).toHaveLength(10)
})
