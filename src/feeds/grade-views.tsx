import type { Translate } from '../i18n/messages.ts'
import type { FieldErrors } from '../layout/form.tsx'
import { grades as knownGrades, outcomes } from './choices.ts'
import type { GradeLine, SettingValues } from './settings-form.ts'

/** Empty lines below those that are there, for what comes new. */
const EMPTY_LINES = 3
const EMPTY: GradeLine = { text: '', delivery: 'delivered', grade: 'pass' }

type GradesProps = { t: Translate; values: SettingValues; errors: FieldErrors | undefined }

/** What each text in the vendor's grade column means. */
export function Grades({ t, values, errors }: GradesProps) {
  const wrong = errors?.grades?.[0]
  const lines = values.grades.filter(({ text }) => text.trim() !== '')
  return (
    <fieldset class={wrong ? 'form__group field--invalid' : 'form__group'} id="grades">
      <legend>{t('feeds.group.grades')}</legend>
      <p class="field__hint">{t('feeds.set.grades-hint')}</p>
      {wrong && <p class="field__error">{t(wrong as 'feeds.grade-twice')}</p>}
      <table class="records grades">
        <caption>{t('feeds.set.grades')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('feeds.set.gradeText')}</th>
            <th scope="col">{t('feeds.set.gradeDelivery')}</th>
            <th scope="col">{t('feeds.set.grade')}</th>
          </tr>
        </thead>
        <tbody>
          {[...lines, ...Array<GradeLine>(EMPTY_LINES).fill(EMPTY)].map((line, index) => (
            <Line t={t} line={line} number={index + 1} />
          ))}
        </tbody>
      </table>
    </fieldset>
  )
}

function Line({ t, line, number }: { t: Translate; line: GradeLine; number: number }) {
  const label = (name: string) => ({ 'aria-label': `${name} ${number}` })
  return (
    <tr>
      <td data-label={t('feeds.set.gradeText')}>
        <div class="field">
          <input
            name="gradeText"
            value={line.text}
            maxlength={50}
            dir="auto"
            {...label(t('feeds.set.gradeText'))}
          />
        </div>
      </td>
      <td data-label={t('feeds.set.gradeDelivery')}>
        <div class="field">
          <select name="gradeDelivery" {...label(t('feeds.set.gradeDelivery'))}>
            {outcomes.map((outcome) => (
              <option value={outcome} selected={outcome === line.delivery}>
                {t(`feeds.outcome.${outcome}`)}
              </option>
            ))}
          </select>
        </div>
      </td>
      <td data-label={t('feeds.set.grade')}>
        <div class="field">
          <select name="grade" {...label(t('feeds.set.grade'))}>
            {knownGrades.map((grade) => (
              <option value={grade} selected={grade === line.grade}>
                {t(`feeds.grade.${grade}`)}
              </option>
            ))}
          </select>
        </div>
      </td>
    </tr>
  )
}
