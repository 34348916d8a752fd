import type { CalendarDate } from '../core/calendar-date.ts'
import type { Translate } from '../i18n/messages.ts'
import { Records } from '../layout/records.tsx'
import { type StaffChrome, StaffPage } from '../layout/staff-page.tsx'
import { paths } from '../paths.ts'
import { actedRows, type BulkEffect } from './bulk-effect.ts'
import { BulkEffectList } from './bulk-effect-views.tsx'
import type { BulkAct } from './bulk-form.ts'
import type { TypedBulk } from './bulk-form-views.tsx'
import type { ReadLines } from './bulk-lines.ts'
import { ActFacts } from './preview-views.tsx'

type BulkPreviewPageProps = {
  chrome: StaffChrome
  act: BulkAct
  typed: TypedBulk
  read: ReadLines
  effect: BulkEffect
  today: CalendarDate
}

/** What the lines mean and what would change, before it is proposed. */
export function BulkPreviewPage({ chrome, act, typed, read, effect, today }: BulkPreviewPageProps) {
  const { t } = chrome
  const count = actedRows(effect).length
  const title = t.plural(`acts.bulk.title.${act.kind}`, count)
  return (
    <StaffPage chrome={chrome} title={title} section="acts">
      <div class="head">
        <h1>{title}</h1>
        <p>{t('acts.bulk.nothing-yet')}</p>
      </div>
      <ActFacts t={t} act={act} />
      <LeftLines t={t} read={read} />
      <BulkEffectList t={t} effect={effect} today={today} />
      <form class="actions" method="post" action={paths.staff.newActs}>
        {Object.entries(typed).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        {count > 0 && (
          <button class="button" type="submit" name="propose" value="1">
            {t.plural('acts.bulk.propose', count)}
          </button>
        )}
        <button class="button button--quiet" type="submit" name="edit" value="1">
          {t('acts.edit')}
        </button>
        <a href={paths.staff.acts}>{t('common.cancel')}</a>
      </form>
    </StaffPage>
  )
}

/** Lines that name no award, or one that is named before, by their numbers. */
function LeftLines({ t, read: { unknown, double } }: { t: Translate; read: ReadLines }) {
  if (unknown.length + double.length === 0) return null
  return (
    <div class="notice notice--bad">
      <Records
        caption={t.plural('acts.bulk.lines.left', unknown.length + double.length)}
        columns={[t('acts.bulk.line'), t('acts.bulk.line.text'), t('acts.bulk.line.why')]}
        rows={[
          ...unknown.map(({ line, text }) => [line, <bdi>{text}</bdi>, t('acts.bulk.line.unknown')]),
          ...double.map(({ line, text, earlier }) => [
            line,
            <bdi>{text}</bdi>,
            t('acts.bulk.line.double', { line: earlier }),
          ]),
        ]}
      />
    </div>
  )
}
