import type { Translate } from '../i18n/messages.ts'
import { ErrorSummary, type FieldErrors, Input, Select, Textarea } from '../layout/form.tsx'
import { type Chrome, Page } from '../layout/page.tsx'
import { paths } from '../paths.ts'
import type { RecordName } from './name.ts'
import { EXPLANATION_LIMIT, NAME_LIMITS } from './name-change-form.ts'
import { nameReasons } from './request.ts'

const FIELDS = ['givenName', 'familyName', 'suffix', 'nativeName', 'reason', 'explanation'] as const
/** The form's fields as text, as on record or as typed. */
export type NameChangeValues = Record<(typeof FIELDS)[number], string>
export const nameChangeFields: readonly (keyof NameChangeValues)[] = FIELDS

type NameChangePageProps = {
  chrome: Chrome
  name: RecordName
  submission: string
  values: NameChangeValues
  errors?: FieldErrors
}

export function NameChangePage({ chrome, name, submission, values, errors }: NameChangePageProps) {
  const { t } = chrome
  const title = t('requests.name.title')
  return (
    <Page chrome={chrome} title={title} section="profile" failed={errors !== undefined}>
      <ErrorSummary t={t} errors={errors} />
      <div class="head">
        <h1>{title}</h1>
        <p>{t('requests.name.intro')}</p>
      </div>
      <dl class="printed">
        <div>
          <dt>{t('requests.name.printed')}</dt>
          <dd dir="auto">{name.fullName}</dd>
        </div>
      </dl>
      <form class="form" method="post" action={paths.newNameChange} enctype="multipart/form-data" novalidate>
        <input type="hidden" name="submission" value={submission} />
        <NameFields t={t} values={values} errors={errors} />
        <Select
          t={t}
          name="reason"
          label={t('requests.name.reason')}
          value={values.reason}
          options={[
            { value: '', text: t('requests.name.reason.choose') },
            ...nameReasons.map((value) => ({ value, text: t(`requests.name.reason.${value}`) })),
          ]}
          errors={errors}
        />
        <Textarea
          t={t}
          name="explanation"
          label={t('requests.name.explanation')}
          hint={t('requests.name.explanation.hint')}
          value={values.explanation}
          maxlength={EXPLANATION_LIMIT}
          errors={errors}
          optional
        />
        <Input
          t={t}
          name="photo"
          type="file"
          label={t('requests.photo')}
          hint={t('requests.photo.hint')}
          accept="image/jpeg,image/png,image/heic,image/heif,application/pdf,.heic,.heif"
          errors={errors}
        />
        <p class="soft">{t('requests.photo.promise')}</p>
        <div class="actions">
          <button class="button" type="submit">
            {t('requests.name.submit')}
          </button>
          <a href={paths.requests}>{t('common.cancel')}</a>
        </div>
      </form>
    </Page>
  )
}

type NameFieldsProps = { t: Translate; values: NameChangeValues; errors: FieldErrors | undefined }

function NameFields({ t, values, errors }: NameFieldsProps) {
  const text = (name: keyof typeof NAME_LIMITS) =>
    ({ t, name, errors, value: values[name], maxlength: NAME_LIMITS[name], dir: 'auto' }) as const
  return (
    <fieldset class="form__group">
      <legend>{t('requests.name.new')}</legend>
      <p class="soft">{t('requests.name.order')}</p>
      <Input {...text('givenName')} label={t('requests.name.given')} autocomplete="given-name" />
      <Input {...text('familyName')} label={t('requests.name.family')} autocomplete="family-name" />
      <Input {...text('suffix')} label={t('requests.name.suffix')} autocomplete="honorific-suffix" optional />
      <Input
        {...text('nativeName')}
        label={t('requests.name.native')}
        hint={t('requests.name.native.hint')}
        optional
      />
    </fieldset>
  )
}
