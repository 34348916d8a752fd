import { Buffer } from 'node:buffer'
import fc from 'fast-check'
import { unzipSync, type Zippable, zipSync } from 'fflate'
import { CAND, candRow, EXAM_A, examRow, table } from './deliver.ts'

export type FuzzedFile = { name: string; bytes: Uint8Array; pieceBytes: number }

const inlined = {
  ...import.meta.glob('../../programs/juniper/sample/*.{zip,dat,csv}', {
    query: '?url&inline',
    import: 'default',
    eager: true,
  }),
  // Files that vendors published, where the project stands beside them.
  ...import.meta.glob('../../../shared/data/feeds/*.dat', {
    query: '?url&inline',
    import: 'default',
    eager: true,
  }),
} as Record<string, string>

export const published = Object.keys(inlined).filter((path) => path.includes('/shared/'))

const LINES_KEPT = 12

/** Real tables, cut short, by name. */
const tables: readonly (readonly [name: string, bytes: Uint8Array])[] = [
  ...Object.entries(inlined).flatMap(([path, url]) => membersOf(path, bytesOf(url))),
  ['cand-20260501.dat', Buffer.from(table(CAND, ...Array.from({ length: 9 }, (_, n) => candRow(`${n}`))))],
  [
    'exam-20260502.dat',
    Buffer.from(table(EXAM_A, ...Array.from({ length: 9 }, (_, n) => examRow({ registration: `${n}` })))),
  ],
  [
    'courses-20260504.csv',
    Buffer.from(
      table(
        'enrolment_id,client_candidate_id,course_code,completed_on,validity',
        ...Array.from({ length: 9 }, (_, n) => `${n % 2 ? '' : n},${n % 5},JIR,2026-05-0${n + 1},`),
      ),
    ),
  ],
  ['cand-20260503.dat', Buffer.from(table(CAND, ...Array.from({ length: 7 }, (_, n) => spreadRow(n))))],
]

/** Somebody whose name stands on several lines, in quotes, ended in every way that lines are. */
function spreadRow(n: number): string {
  const end = ['\n', '\r\n', '\r', ' '][n % 4]
  return candRow(`q${n}`, { first: `"Zoë${end}Åsa"`, last: n % 3 === 0 ? '"O""Brien"' : 'Byron' })
}

/** Anything at all, or something real with some damage; bare or in a ZIP, which may be damaged as well. */
export function fuzzedFile(): fc.Arbitrary<FuzzedFile> {
  const members = fc.uniqueArray(fc.tuple(memberName, content), {
    minLength: 1,
    maxLength: 4,
    selector: ([name]) => name,
  })
  const zip = fc
    .tuple(members, fc.constantFrom(0, 6) as fc.Arbitrary<0 | 6>)
    .map(([entries, level]) =>
      zipSync(Object.fromEntries(entries) as Zippable, { level, mtime: '2026-05-05T12:00:00' }),
    )
  const file = fc.oneof(
    { weight: 6, arbitrary: fc.record({ name: bareName, bytes: content }) },
    { weight: 3, arbitrary: fc.record({ name: fc.constant('ORG-20260505.zip'), bytes: zip }) },
    {
      weight: 1,
      arbitrary: fc.record({ name: fc.constant('ORG-20260506.zip'), bytes: damaged(zip, byteDamage) }),
    },
  )
  return fc
    .tuple(file, fc.constantFrom(300, 1000, 100_000))
    .map(([one, pieceBytes]) => ({ ...one, pieceBytes }))
}

const bareName = fc.constantFrom(
  ...tables.map(([name]) => name),
  'exam-20260505.dat',
  'results.csv',
  'registrations.csv',
  'unknown.bin',
  'exam-2026-99-99.dat',
)

const memberName = fc.oneof(
  { weight: 5, arbitrary: bareName },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      'a/b/exam-20260505.dat',
      '../exam.dat',
      '/exam.dat',
      'C:\\exam.dat',
      '..\\exam.dat',
      'exam\0.dat',
      'exám-20260505.dat',
      'exam.zip',
      'folder/',
      `exam-${'x'.repeat(300)}.dat`,
    ),
  },
  { weight: 1, arbitrary: fc.string({ minLength: 1, maxLength: 20 }) },
)

const realTable = fc.constantFrom(...tables.map(([, bytes]) => bytes))

type Damage = (bytes: Uint8Array) => Uint8Array

/** Where in the bytes, as a share of them; mostly behind the header, without which a table is not read at all. */
const at = fc.oneof(
  { weight: 4, arbitrary: fc.double({ min: 0.25, max: 1, noNaN: true }) },
  { weight: 1, arbitrary: fc.double({ min: 0, max: 1, noNaN: true }) },
)
const place = (bytes: Uint8Array, share: number) =>
  Math.min(bytes.length, Math.floor(share * (bytes.length + 1)))

const byteDamage: fc.Arbitrary<Damage> = fc.oneof(
  fc.tuple(at, fc.integer({ min: 0, max: 255 })).map(
    ([share, value]): Damage =>
      (bytes) => {
        const copy = bytes.slice()
        if (copy.length > 0) copy[Math.min(copy.length - 1, place(bytes, share))] = value
        return copy
      },
  ),
  at.map(
    (share): Damage =>
      (bytes) =>
        bytes.slice(0, place(bytes, share)),
  ),
  fc.tuple(at, at).map(
    ([one, other]): Damage =>
      (bytes) => {
        const [from, to] = [place(bytes, Math.min(one, other)), place(bytes, Math.max(one, other))]
        return joined(bytes.subarray(0, from), bytes.subarray(to))
      },
  ),
  fc.tuple(at, at).map(
    ([one, other]): Damage =>
      (bytes) => {
        const [from, to] = [place(bytes, Math.min(one, other)), place(bytes, Math.max(one, other))]
        return joined(bytes.subarray(0, to), bytes.subarray(from))
      },
  ),
  fc.tuple(at, fc.uint8Array({ maxLength: 12 })).map(
    ([share, inserted]): Damage =>
      (bytes) =>
        insertedAt(bytes, share, inserted),
  ),
)

/** What vendors' files were seen to have, and what nobody would think of. */
const textDamage: fc.Arbitrary<Damage> = fc.oneof(
  fc
    .tuple(
      at,
      fc.constantFrom(
        '"',
        '""',
        '\t',
        ',',
        '\r',
        '\n',
        '\r\n',
        '\n\n\n',
        '\0',
        '\u2028',
        '\u0085',
        ' ',
        '=HYPERLINK("x")',
        '\ufeff',
        '李',
        '"a\nb"',
        '\t"x\r\ny"\t',
      ),
    )
    .map(
      ([share, text]): Damage =>
        (bytes) =>
          insertedAt(bytes, share, Buffer.from(text)),
    ),
  at.map(
    (share): Damage =>
      (bytes) =>
        insertedAt(bytes, share, new Uint8Array([0xe9, 0x92, 0x80])),
  ),
  fc.tuple(at, fc.constantFrom(300, 5000, 70_000)).map(
    ([share, length]): Damage =>
      (bytes) =>
        insertedAt(bytes, share, new Uint8Array(length).fill(120)),
  ),
  fc
    .constantFrom('\r', '\n', '\r\n', '\n\r')
    .map((end): Damage => rewritten((text) => text.replace(/\r\n/g, end))),
  fc.constant(rewritten((text) => text.replace(/\r\n/g, () => (text.length % 2 ? '\n' : '\r')))),
  fc.constant(rewritten((text) => text.replaceAll('\t', ','))),
  fc.constant(rewritten((text) => text.replace(/[^\r\n\t,]+/g, (cell) => `"${cell}"`))),
  fc.constant(rewritten((text) => text.toUpperCase())),
  // The last cell of each line on two lines, in quotes.
  fc
    .constantFrom('\n', '\r\n', '\r')
    .map((end): Damage => rewritten((text) => text.replace(/([^\t,\r\n"]+)(\r?\n|$)/g, `"$1${end}$1"$2`))),
  fc.constant(rewritten((text) => text + text.slice(text.indexOf('\n') + 1))),
  fc.constant((bytes: Uint8Array) => joined(new Uint8Array([0xef, 0xbb, 0xbf]), bytes)),
  fc.constant((bytes: Uint8Array) =>
    joined(new Uint8Array([0xff, 0xfe]), Buffer.from(Buffer.from(bytes).toString(), 'utf16le')),
  ),
)

const content: fc.Arbitrary<Uint8Array> = fc.oneof(
  { weight: 1, arbitrary: fc.uint8Array({ maxLength: 300 }) },
  {
    weight: 1,
    arbitrary: fc.string({ unit: 'binary', maxLength: 300 }).map((text) => new Uint8Array(Buffer.from(text))),
  },
  { weight: 4, arbitrary: realTable },
  { weight: 8, arbitrary: damaged(realTable, fc.oneof(byteDamage, textDamage, textDamage)) },
)

function damaged(bytes: fc.Arbitrary<Uint8Array>, damage: fc.Arbitrary<Damage>): fc.Arbitrary<Uint8Array> {
  return fc
    .tuple(bytes, fc.array(damage, { minLength: 1, maxLength: 4 }))
    .map(([whole, damages]) => damages.reduce((left, one) => one(left), whole))
}

function rewritten(change: (text: string) => string): Damage {
  return (bytes) => new Uint8Array(Buffer.from(change(Buffer.from(bytes).toString('latin1')), 'latin1'))
}

function insertedAt(bytes: Uint8Array, share: number, inserted: Uint8Array): Uint8Array {
  const from = place(bytes, share)
  return joined(bytes.subarray(0, from), inserted, bytes.subarray(from))
}

function joined(...parts: Uint8Array[]): Uint8Array {
  return new Uint8Array(Buffer.concat(parts))
}

function membersOf(path: string, bytes: Uint8Array): [string, Uint8Array][] {
  const name = path.slice(path.lastIndexOf('/') + 1)
  const members = name.endsWith('.zip')
    ? Object.entries(unzipSync(bytes))
    : ([[name, bytes]] as [string, Uint8Array][])
  return members.map(([member, whole]) => [member, firstLines(whole)])
}

function firstLines(bytes: Uint8Array): Uint8Array {
  const lines = Buffer.from(bytes)
    .toString('latin1')
    .split(/(?<=\n)/)
  return new Uint8Array(Buffer.from(lines.slice(0, LINES_KEPT).join(''), 'latin1'))
}

function bytesOf(url: string): Uint8Array {
  return new Uint8Array(Buffer.from(url.slice(url.indexOf(',') + 1), 'base64'))
}
