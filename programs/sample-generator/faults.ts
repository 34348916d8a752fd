import { addDays } from '../../src/core/calendar-date.ts'
import { bookingOn, registrationTable } from './booking-tables.ts'
import { type DeliveryPlan, examMemberOf } from './delivery-plan.ts'
import type { Peculiar } from './expectations.ts'
import type { Person } from './person.ts'
import type { Sitting } from './sitting.ts'
import type { Spool } from './spool.ts'
import { candidateTable, examTableA, examTableB, type Table, vendorDateTime } from './tables.ts'

type Cell = string | number | boolean | null

/** Of whom the faulty rows speak: someone who is known, with results that have long arrived. */
export type Anchor = { person: Person; settled: readonly Sitting[]; stranger: string }

type Writer = { spool: Spool; anchor: Anchor; peculiar: Peculiar[]; nextRegistration: number }

/** Ends some tables with rows that must not count: at least one for each way in which vendors get things wrong. */
export function addFaults(spool: Spool, plans: readonly DeliveryPlan[], anchor: Anchor): Peculiar[] {
  const writer: Writer = { spool, anchor, peculiar: [], nextRegistration: 399_000_001 }
  const ofLayout = (layout: 'A' | 'B') => plans.filter((plan) => plan.layout === layout)
  faultsOfLayoutB(writer, ofLayout('B')[0]!)

  const [early, middle, last] = [ofLayout('A').at(-6)!, ofLayout('A').at(-4)!, ofLayout('A').at(-1)!]
  unreadableCells(writer, early)
  contradictions(writer, middle)
  strangeSittings(writer, last)
  faultyBookings(writer, last)
  namelessPerson(writer, last)
  return writer.peculiar
}

function faultsOfLayoutB(writer: Writer, plan: DeliveryPlan) {
  const exam = examRow(writer, plan)
  exam('unknown_exam', { ExamSeriesCode: 'ZZ0-999' })
  exam('not_a_result', { ExamTitle: 'Exam Review Session', ExamScore: '', ExamGrade: '' }, 'skipped')
  addRow(writer, plan, examTableB, ['ZZ0-999', 'cut off here'], 'bad_columns')
}

function unreadableCells(writer: Writer, plan: DeliveryPlan) {
  const exam = examRow(writer, plan)
  exam('bad_date', { ExamDate: `${plan.on.slice(0, 4)}/02/30 09:00:00` })
  exam('bad_number', { Attempt: 'second' })
  exam('unknown_grade', { Grade: 'x' })
  exam('bad_boolean', { NoShow: 'Y', Grade: '', Score: '' })
  exam('missing_required', { RegistrationID: '' })
  exam('grade_score_disagree', { Score: 699, Grade: 'pass' }, 'remark')
}

function contradictions(writer: Writer, plan: DeliveryPlan) {
  const { settled, stranger } = writer.anchor
  const [one, two, three] = settled
  const exam = examRow(writer, plan)
  exam('regression', { Score: '', Grade: 'taken' }, 'quarantined', one)
  exam('candidate_changed', { ClientCandidateID: stranger }, 'quarantined', two)
  exam('exam_changed', { ExamSeriesCode: one!.seriesCode }, 'quarantined', three)
  const twice = { RegistrationID: String(writer.nextRegistration) }
  exam('duplicate_in_file', { ...twice, Score: 702 })
  exam('duplicate_in_file', { ...twice, Score: 802 })
}

function strangeSittings(writer: Writer, plan: DeliveryPlan) {
  const exam = examRow(writer, plan)
  const decadesAhead = `${Number(plan.on.slice(0, 4)) + 36}${plan.on.slice(4)}`
  exam('future_date', { ExamDate: vendorDateTime(decadesAhead, '09:00', plan.dates) })
  exam('unknown_candidate', { ClientCandidateID: 'NOBODY-0001' })
}

function faultyBookings(writer: Writer, plan: DeliveryPlan) {
  const booking = (changes: Record<string, Cell>, reason: string) => {
    const cells = registrationTable.cells(bookingOn(freshSitting(writer, plan), plan.on))
    addRow(
      writer,
      plan,
      registrationTable,
      patched(registrationTable, cells, changes),
      reason,
      'registrations.csv',
    )
  }
  booking({ state: 'parked' }, 'unknown_state')
  booking({ exam_code: 'ZZ0-998' }, 'unknown_exam')
}

function namelessPerson(writer: Writer, plan: DeliveryPlan) {
  const nobody = {
    ...writer.anchor.person,
    id: 'NOBODY-0002',
    firstName: '',
    middleName: '',
    lastName: '',
    suffix: '',
  }
  const cells = candidateTable.cells({ person: nobody, plan })
  addRow(writer, plan, candidateTable, cells, 'missing_required', `cand-${plan.on}a.dat`)
}

/** Writes rows of the plan's exam table: of a new sitting, or again of one that is known. */
function examRow(writer: Writer, plan: DeliveryPlan) {
  const table = plan.layout === 'A' ? examTableA : examTableB
  return (
    reason: string,
    changes: Record<string, Cell>,
    outcome: Peculiar['outcome'] = 'quarantined',
    sitting: Sitting = freshSitting(writer, plan),
  ) => {
    const cells = table.cells({ version: { sitting, knownOn: plan.on, by: 'exam', validity: 'valid' }, plan })
    addRow(writer, plan, table, patched(table, cells, changes), reason, examMemberOf(plan), outcome)
  }
}

function addRow<Row>(
  { spool, peculiar }: Writer,
  plan: DeliveryPlan,
  table: Table<Row>,
  cells: readonly Cell[],
  reason: string,
  member = examMemberOf(plan),
  outcome: Peculiar['outcome'] = 'quarantined',
) {
  const line = spool.addCells(plan.name, member, table, cells)
  peculiar.push({ delivery: plan.name, member, line, outcome, reason })
}

function freshSitting(writer: Writer, plan: DeliveryPlan): Sitting {
  const registrationId = String(writer.nextRegistration)
  writer.nextRegistration += 1
  return {
    ...writer.anchor.settled[0]!,
    registrationId,
    on: addDays(plan.on, -10),
    bookedOn: addDays(plan.on, -40),
  }
}

function patched<Row>(
  { columns }: Table<Row>,
  cells: readonly Cell[],
  changes: Record<string, Cell>,
): Cell[] {
  return cells.map((cell, place) => changes[columns[place]!] ?? cell)
}
