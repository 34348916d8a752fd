import type { RequestKind } from '../mail/outbox.ts'
import { type Conflict, conflictsBetween, type Sitting } from './conflicts.ts'

type Owned<Row> = Row & { candidateId: string }

export type EndingRequest = { kind: RequestKind; createdAt: Date }

/** What both records hold, as far as merging them has to do with it. */
export type BothRecords = {
  other: { id: string; name: string }
  addresses: Owned<{ address: string; normalized: string }>[]
  bookings: Owned<Omit<Sitting, 'delivered'> & { state: string }>[]
  results: Owned<Omit<Sitting, 'delivered'> & { delivery: string }>[]
  awards: Owned<{ certification: string }>[]
  transcriptCount: number
  passkeyCount: number
  courseCount: number
  requestCount: number
  /** Open requests of the other record that end. */
  ending: EndingRequest[]
  /** Until when the change of the other record's primary address may be undone, if it may. */
  undoUntil: Date | null
  /** One of the two accounts is about to close. */
  isClosing: boolean
}

export const joiningKinds = [
  'bookings',
  'results',
  'awards',
  'courses',
  'requests',
  'transcripts',
  'passkeys',
] as const
type JoiningKind = (typeof joiningKinds)[number]

export type Preview = {
  other: { id: string; name: string }
  joining: Record<JoiningKind, number>
  /** Addresses that come to the record that stays. */
  addresses: string[]
  doubled: { certifications: string[]; addresses: string[] }
  conflicts: Conflict[]
  ending: EndingRequest[]
  /** The first day on which the records may be merged, where that is not today. */
  undoUntil: Date | null
  /** One of the two accounts is about to close, and that has to be stopped first. */
  isClosing: boolean
  /** How many rows the conflicts were looked for in: if there are others by then, nothing is merged. */
  seen: { bookings: number; results: number }
}

/** What merging would do, said before it is done. */
export function previewOf(candidateId: string, both: BothRecords): Preview {
  const split = <Row extends { candidateId: string }>(rows: readonly Row[]) => ({
    own: rows.filter((row) => row.candidateId === candidateId),
    others: rows.filter((row) => row.candidateId !== candidateId),
  })
  const [addresses, bookings, results, awards] = [
    split(both.addresses),
    split(both.bookings),
    split(both.results),
    split(both.awards),
  ]
  const ownAddresses = new Set(addresses.own.map(({ normalized }) => normalized))
  const isOwnAddress = ({ normalized }: { normalized: string }) => ownAddresses.has(normalized)
  const held = new Set(awards.own.map(({ certification }) => certification))
  return {
    other: both.other,
    joining: {
      bookings: bookings.others.length,
      results: results.others.length,
      awards: awards.others.length,
      courses: both.courseCount,
      requests: both.requestCount,
      transcripts: both.transcriptCount,
      passkeys: both.passkeyCount,
    },
    addresses: addresses.others.filter((row) => !isOwnAddress(row)).map(({ address }) => address),
    doubled: {
      certifications: [...new Set(awards.others.map(({ certification }) => certification))].filter((code) =>
        held.has(code),
      ),
      addresses: addresses.others.filter(isOwnAddress).map(({ address }) => address),
    },
    conflicts: conflictsBetween(
      [...bookings.own.map(sittingOfBooking), ...results.own.map(sittingOfResult)],
      [...bookings.others.map(sittingOfBooking), ...results.others.map(sittingOfResult)],
    ),
    ending: both.ending,
    undoUntil: both.undoUntil,
    isClosing: both.isClosing,
    seen: { bookings: both.bookings.length, results: both.results.length },
  }
}

const CAME_TO_NOTHING = ['cancelled', 'expired', 'no_show']

function sittingOfBooking({ state, ...booking }: BothRecords['bookings'][number]): Sitting {
  return { ...booking, delivered: CAME_TO_NOTHING.includes(state) ? false : null }
}

function sittingOfResult({ delivery, ...result }: BothRecords['results'][number]): Sitting {
  return { ...result, delivered: delivery === 'delivered' }
}
