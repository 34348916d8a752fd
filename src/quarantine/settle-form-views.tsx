import type { Child } from 'hono/jsx'
import { type FieldErrors, Input, Select, Textarea } from '../layout/form.tsx'
import type { StaffChrome } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import type { Program } from '../program/program.ts'
import { COUNT_LIMIT, type Way, waysFor } from './reasons.ts'
import type { ShownRow } from './row-queries.ts'
import { NOTE_LIMIT } from './settle-form.ts'

type SettleFormsProps = {
  chrome: StaffChrome
  row: ShownRow
  others: number
  typed: { candidate: string; note: string }
  errors: FieldErrors | undefined
}

/** One form for each way to settle the row, so that none is sent by mistake for another. */
export function SettleForms(props: SettleFormsProps) {
  return (
    <>
      {waysFor(props.row).map((way) => (
        <SettleSection way={way} {...props} />
      ))}
    </>
  )
}

function SettleSection({ way, chrome, row, others, typed, errors }: SettleFormsProps & { way: Way }) {
  const { t, program } = chrome
  const action = paths.staff.quarantinedRow(row.deliveryId, row.line, row.member)
  return (
    <section class="stack" aria-labelledby={`way-${way}`}>
      <h2 id={`way-${way}`}>{t(`quarantine.${way}`)}</h2>
      <p>{followsOf(way, chrome, row)}</p>
      {(way === 'link' || way === 'map') && others > 0 && (
        <p>
          {others > COUNT_LIMIT
            ? t('quarantine.row.others.many', { count: new Intl.NumberFormat(t.locale).format(COUNT_LIMIT) })
            : t.plural('quarantine.row.others', others)}
        </p>
      )}
      {way === 'again' && chrome.staff?.may.includes('feeds.view') && (
        <p>
          <a href={paths.staff.feed(row.feed)}>{t('quarantine.again.settings')}</a>
        </p>
      )}
      <form class="form" method="post" action={action} novalidate>
        <input type="hidden" name="way" value={way} />
        {way === 'link' && (
          <Input
            t={t}
            name="candidate"
            label={t('quarantine.link.candidate')}
            hint={t('quarantine.link.candidate.hint')}
            value={typed.candidate}
            maxlength={50}
            errors={errors}
          />
        )}
        {way === 'map' && <ExamSelect t={t} program={program} errors={errors} />}
        {way === 'dismiss' && <NoteField t={t} value={typed.note} errors={errors} />}
        <SubmitButton isDanger={way === 'dismiss'}>{t(`quarantine.${way}.submit`)}</SubmitButton>
      </form>
    </section>
  )
}

function followsOf(way: Way, { t }: StaffChrome, { reason, feed, feedName, examCode }: ShownRow): string {
  switch (way) {
    case 'link':
      return t(
        reason === 'candidate_conflict' || reason === 'candidate_changed'
          ? 'quarantine.link.conflict'
          : 'quarantine.link.follows',
      )
    case 'map':
      return t('quarantine.map.follows', { feed: feedName ?? feed, code: examCode ?? '' })
    case 'count':
      return t(`quarantine.count.follows.${reason === 'regression' ? 'regression' : 'duplicate_in_file'}`)
    case 'again':
      return t('quarantine.again.follows')
    case 'dismiss':
      return t('quarantine.dismiss.follows')
  }
}

type FieldProps = { t: StaffChrome['t']; errors: FieldErrors | undefined }

export function ExamSelect({ t, program, errors }: FieldProps & { program: Program }) {
  const choose = { value: '', text: t('quarantine.map.choose') }
  const exams = program.exams.map(({ code, title }) => ({ value: code, text: `${code}: ${title}` }))
  return (
    <Select t={t} name="exam" label={t('quarantine.map.exam')} options={[choose, ...exams]} errors={errors} />
  )
}

export function NoteField({ t, value, errors }: FieldProps & { value: string }) {
  return (
    <Textarea
      t={t}
      name="note"
      label={t('quarantine.dismiss.note')}
      hint={t('quarantine.dismiss.note.hint')}
      value={value}
      rows={3}
      maxlength={NOTE_LIMIT}
      errors={errors}
    />
  )
}

export function SubmitButton({ isDanger, children }: { isDanger: boolean; children: Child }) {
  return (
    <div>
      <button class={isDanger ? 'button button--danger' : 'button'} type="submit">
        {children}
      </button>
    </div>
  )
}
