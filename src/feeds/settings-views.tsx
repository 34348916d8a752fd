import type { Translate } from '../i18n/messages.ts'
import { type FieldErrors, Select, Textarea } from '../layout/form.tsx'
import { paths } from '../paths.ts'
import { dateFormats, encodings, scoreMeanings } from './choices.ts'
import { type FileTime, FileTimes } from './file-time-views.tsx'
import { Grades } from './grade-views.tsx'
import { type GroupProps, Text, Tick } from './setting-fields.tsx'
import type { SettingValues } from './settings-form.ts'

type FormProps = {
  t: Translate
  feed: { id: string; version: number }
  values: SettingValues
  fileTimes: readonly FileTime[]
  errors: FieldErrors | undefined
}

/** As they are written in a pattern. */
const FILE_NAME_PARTS = { date: '{date}', time: '{time}', letter: '{letter}' }

/** Every setting of a feed, to be changed. `version` is the one that the reader has seen. */
export function SettingsForm({ t, feed, values, fileTimes, errors }: FormProps) {
  const props = { t, values, errors }
  return (
    <form class="form form--wide" method="post" action={paths.staff.feed(feed.id)}>
      <input type="hidden" name="version" value={String(feed.version)} />
      <Text {...props} name="name" label={t('feeds.name')} />
      <Dates {...props} />
      <Numbers {...props} />
      <Grades {...props} />
      <fieldset class="form__group">
        <legend>{t('feeds.group.people')}</legend>
        <Tick {...props} name="createsCandidates" />
        <Tick {...props} name="stripsZeros" />
      </fieldset>
      <fieldset class="form__group">
        <legend>{t('feeds.group.names')}</legend>
        <div class="form__row">
          <Text {...props} name="fileName" hint={t('feeds.set.fileName-hint', FILE_NAME_PARTS)} />
          <Text {...props} name="fileNameZone" hint={t('feeds.set.fileNameZone-hint')} />
        </div>
        <FileTimes t={t} times={fileTimes} />
      </fieldset>
      <Brakes {...props} />
      <fieldset class="form__group">
        <legend>{t('feeds.group.keeping')}</legend>
        <Text {...props} name="keptDays" hint={t('feeds.set.keptDays-hint')} />
      </fieldset>
      <div>
        <button class="button" type="submit">
          {t('feeds.settings.save')}
        </button>
      </div>
    </form>
  )
}

function Dates(props: GroupProps) {
  const { t, values, errors } = props
  const options = ['', ...dateFormats].map((format) => ({ value: format, text: format }))
  return (
    <fieldset class="form__group">
      <legend>{t('feeds.group.dates')}</legend>
      <div class={errors?.dateFormats ? 'field field--invalid' : 'field'} id="dateFormats">
        <strong>{t('feeds.set.dateFormats')}</strong>
        <p class="field__hint">{t('feeds.set.dateFormats-hint')}</p>
        {errors?.dateFormats && <p class="field__error">{t('feeds.dates')}</p>}
        <div class="form__row">
          {dateFormats.map((_, index) => (
            <select name="dateFormats" aria-label={t('feeds.set.dateFormat', { number: index + 1 })}>
              {options.map(({ value, text }) => (
                <option value={value} selected={value === (values.dateFormats[index] ?? '')}>
                  {text}
                </option>
              ))}
            </select>
          ))}
        </div>
      </div>
      <Text {...props} name="timeZone" hint={t('feeds.set.timeZone-hint')} />
    </fieldset>
  )
}

function Numbers({ t, values, errors }: GroupProps) {
  return (
    <fieldset class="form__group">
      <legend>{t('feeds.group.numbers')}</legend>
      <Select
        {...{ t, errors }}
        name="encoding"
        label={t('feeds.set.encoding')}
        value={values.encoding}
        options={encodings.map((value) => ({ value, text: t(`feeds.set.encoding.${value}`) }))}
      />
      <div class="form__row">
        <Select
          {...{ t, errors }}
          name="decimalSign"
          label={t('feeds.set.decimalSign')}
          value={values.decimalSign}
          options={[
            { value: '.', text: t('feeds.set.decimalSign.point') },
            { value: ',', text: t('feeds.set.decimalSign.comma') },
          ]}
        />
        <Select
          {...{ t, errors }}
          name="scoreMeaning"
          label={t('feeds.set.scoreMeaning')}
          value={values.scoreMeaning}
          options={scoreMeanings.map((value) => ({ value, text: t(`feeds.set.scoreMeaning.${value}`) }))}
        />
      </div>
      <Textarea
        {...{ t, errors }}
        name="notExamWords"
        label={t('feeds.set.notExamWords')}
        hint={t('feeds.set.notExamWords-hint')}
        value={values.notExamWords}
        rows={3}
      />
    </fieldset>
  )
}

function Brakes(props: GroupProps) {
  const { t } = props
  return (
    <fieldset class="form__group">
      <legend>{t('feeds.group.brakes')}</legend>
      <p class="field__hint">{t('feeds.set.brakes-hint')}</p>
      <div class="form__row">
        <Text {...props} name="unmatchedShare" />
        <Text {...props} name="failingShare" />
      </div>
      <div class="form__row">
        <Text {...props} name="missingFromBulkShare" />
        <Text {...props} name="fewestRows" />
      </div>
      <Tick {...props} name="emptyIsUnusual" />
    </fieldset>
  )
}
