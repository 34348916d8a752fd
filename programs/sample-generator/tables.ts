import type { CalendarDate } from '../../src/core/calendar-date.ts'
import type { DeliveryPlan } from './delivery-plan.ts'
import type { Person } from './person.ts'
import { PASSING_SCORE, type Sitting, type SittingVersion, TOP_SCORE } from './sitting.ts'

/** The columns of a table and how a row of it is written. */
export type Table<Row> = {
  columns: readonly string[]
  delimiter: '\t' | ','
  cells: (row: Row) => readonly (string | number | boolean | null)[]
}

export function lineOf(delimiter: string, cells: readonly (string | number | boolean | null)[]): string {
  return cells.map((cell) => quoted(cell === null ? '' : String(cell), delimiter)).join(delimiter)
}

function quoted(cell: string, delimiter: string): string {
  return cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell
}

export function vendorDateTime(on: CalendarDate, time: string, order: DeliveryPlan['dates']): string {
  const [year, month, day] = on.split('-')
  return `${order === 'YYYY/MM/DD' ? `${year}/${month}/${day}` : `${month}/${day}/${year}`} ${time}:00`
}

export const candidateTable: Table<{ person: Person; plan: DeliveryPlan }> = {
  delimiter: '\t',
  columns: (
    'ClientCandidateID FirstName LastName MiddleName Suffix NativeFirstName NativeLastName Email Address1 Address2 ' +
    'Address3 City State PostalCode Country Phone PhoneCountryCode CompanyName LastUpdate'
  ).split(' '),
  cells: ({ person: p, plan }) => [
    ...[p.id, p.firstName, p.lastName, p.middleName, p.suffix, p.nativeFirstName, p.nativeLastName, p.email],
    ...[p.address1, p.address2, '', p.city, p.state, p.postalCode, p.country, p.phone, p.phoneCountryCode],
    ...[p.company, vendorDateTime(plan.on, '04:10', plan.dates)],
  ],
}

type Exam = { version: SittingVersion; plan: DeliveryPlan }

/** vendor-feeds 1.6, layout A; no-shows use it as well, with almost every cell blank. */
export const examTableA: Table<Exam> = {
  delimiter: '\t',
  columns: (
    'RegistrationID ClientCandidateID TCID ExamSeriesCode ExamName ExamRevision Form ExamLanguage Attempt ExamDate ' +
    'TimeUsed PassingScore Score Grade NoShow NDARefused Correct Incorrect Skipped Unscored ClientAuthorizationID ' +
    'Voucher'
  ).split(' '),
  cells: ({ version: { sitting: s }, plan }) => {
    const identity = [s.registrationId, s.candidateId, s.site, s.seriesCode]
    const examDate = vendorDateTime(s.on, s.time, plan.dates)
    if (s.delivery === 'no_show') {
      return [
        ...identity,
        '',
        '',
        '',
        'ENU',
        '',
        examDate,
        '',
        '',
        '',
        '',
        'true',
        '',
        '',
        '',
        '',
        '',
        authorization(s),
        '',
      ]
    }
    const graded = s.score !== null
    const items = itemsOf(s)
    return [
      ...[...identity, s.exam.title, '', graded ? `F${Number(s.registrationId) % 4}` : '', 'ENU', s.attempt],
      ...[
        examDate,
        graded ? (s.exam.minutes ?? 90) - (Number(s.registrationId) % 30) : '',
        PASSING_SCORE,
        s.score,
      ],
      ...[vendorGrade(s), false, s.delivery === 'nda_refused', items.correct, items.incorrect, items.skipped],
      ...[items.correct === null ? null : 5, authorization(s), ''],
    ]
  },
}

/** vendor-feeds 1.6, layout B, whose titles carry quotes. */
export const examTableB: Table<Exam> = {
  delimiter: '\t',
  columns: (
    'ExamSeriesCode ExamTitle ClientCandidateID RegistrationID ExamDate ExamScore ExamGrade ExamItemsCorrect ' +
    'ExamItemsIncorrect ExamItemsSkipped NoShow'
  ).split(' '),
  cells: ({ version: { sitting: s }, plan }) => {
    const { correct, incorrect, skipped } = itemsOf(s)
    const noShow = s.delivery === 'no_show'
    return [
      ...[s.seriesCode, `${s.exam.title} "${s.exam.code}"`, s.candidateId, s.registrationId],
      ...[vendorDateTime(s.on, s.time, plan.dates), s.score, noShow ? '' : vendorGrade(s)],
      ...[correct, incorrect, skipped, noShow ? 'true' : ''],
    ]
  },
}

/** The neutral format of vendor-feeds 5.2: it alone has a word for every delivery, grade and validity. */
export const resultTable: Table<{ version: SittingVersion; modifiedAt: string }> = {
  delimiter: ',',
  columns: (
    'result_id,status,modified_at,registration_id,client_authorization_id,client_candidate_id,vendor_candidate_id,' +
    'email,first_name,last_name,exam_code,form,language,attempt,delivered_at,time_zone,site_code,delivery,grade,' +
    'validity,validity_reason,score,passing_score,max_score,score_scale'
  ).split(','),
  cells: ({ version: { sitting: s, validity }, modifiedAt }) => {
    const graded = s.score !== null
    const reason = { valid: '', held: 'under review', revoked: 'irregular, voided' }[validity]
    return [
      ...[
        s.registrationId,
        'active',
        modifiedAt,
        s.registrationId,
        authorization(s),
        s.candidateId,
        '',
        '',
        '',
        '',
      ],
      ...[
        s.seriesCode,
        '',
        'ENU',
        s.attempt,
        `${s.on}T${s.time}:00`,
        s.timeZone,
        s.site,
        s.delivery,
        s.grade,
      ],
      ...[
        validity,
        reason,
        s.score,
        graded ? PASSING_SCORE : '',
        graded ? TOP_SCORE : '',
        graded ? 'scaled' : '',
      ],
    ]
  },
}

export function authorization({ registrationId }: Sitting): string {
  return `A-${registrationId.slice(1)}`
}

function vendorGrade({ delivery, grade }: Sitting): string {
  if (delivery === 'nda_refused') return 'refused'
  if (delivery === 'incomplete') return 'incomplete'
  return grade === 'pending' ? 'taken' : grade
}

function itemsOf({ correct, exam, registrationId }: Sitting) {
  if (correct === null || exam.questions === undefined)
    return { correct: null, incorrect: null, skipped: null }
  const skipped = Math.min(exam.questions - correct, Number(registrationId) % 3)
  return { correct, incorrect: exam.questions - correct - skipped, skipped }
}
