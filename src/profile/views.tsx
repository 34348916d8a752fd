import type { Translate } from '../i18n/messages.ts'
import { Checkbox, ErrorSummary, type FieldErrors, Input, Select } from '../layout/form.tsx'
import { type Chrome, Page } from '../layout/page.tsx'
import { paths } from '../paths.ts'
import type { Program } from '../program/program.ts'
import { countryOptions, languageOptions, shownTimeZone, timeZoneOptions } from './choices.ts'
import { type Facts, LockedFacts } from './locked-views.tsx'
import { LIMITS, type ProfileForm } from './profile-form.ts'

/** The form's fields as text, as kept or as typed. */
export type ProfileValues = Record<keyof ProfileForm, string>

type ProfileProps = {
  chrome: Chrome
  program: Program
  facts: Facts
  values: ProfileValues
  saved?: boolean
  errors?: FieldErrors
}

export function ProfilePage({ chrome, program, facts, values, saved, errors }: ProfileProps) {
  const { t } = chrome
  return (
    <Page chrome={chrome} title={t('profile.title')} section="profile" failed={errors !== undefined}>
      <ErrorSummary t={t} errors={errors} />
      {saved && (
        <div class="notice notice--good" role="status">
          <p>{t('profile.saved')}</p>
        </div>
      )}
      <div class="head">
        <h1>{t('profile.title')}</h1>
        <p>{t('profile.intro')}</p>
      </div>
      <LockedFacts t={t} facts={facts} />
      <form class="form" method="post" action={paths.profile}>
        <Input
          t={t}
          name="nativeName"
          label={t('profile.native-name')}
          hint={t('profile.native-name.hint')}
          value={values.nativeName}
          maxlength={LIMITS.nativeName}
          errors={errors}
          dir="auto"
          optional
        />
        <AddressFields {...{ chrome, values, errors }} />
        <ContactFields {...{ chrome, values, errors }} />
        <PreferenceFields {...{ chrome, program, values, errors }} />
        <NoticeFields t={t} values={values} />
        <div>
          <button class="button" type="submit">
            {t('common.save')}
          </button>
        </div>
      </form>
    </Page>
  )
}

type FieldsProps = { chrome: Chrome; values: ProfileValues; errors: FieldErrors | undefined }

function AddressFields({ chrome: { t }, values, errors }: FieldsProps) {
  const text = (name: keyof typeof LIMITS) =>
    ({ t, name, errors, value: values[name], maxlength: LIMITS[name], dir: 'auto' }) as const
  return (
    <fieldset class="form__group">
      <legend>{t('profile.address')}</legend>
      <Input {...text('addressLine1')} label={t('profile.address1')} autocomplete="address-line1" optional />
      <Input {...text('addressLine2')} label={t('profile.address2')} autocomplete="address-line2" optional />
      <div class="form__row">
        <Input {...text('city')} label={t('profile.city')} autocomplete="address-level2" optional />
        <Input {...text('postalCode')} label={t('profile.postal-code')} autocomplete="postal-code" optional />
      </div>
      <Input
        {...text('region')}
        label={t('profile.region')}
        hint={t('profile.region.hint')}
        autocomplete="address-level1"
      />
      <Select
        t={t}
        name="country"
        label={t('profile.country')}
        value={values.country}
        options={[{ value: '', text: t('profile.not-chosen') }, ...countryOptions(t)]}
        errors={errors}
        autocomplete="country"
        optional
      />
    </fieldset>
  )
}

function ContactFields({ chrome: { t }, values, errors }: FieldsProps) {
  return (
    <fieldset class="form__group">
      <legend>{t('profile.contact')}</legend>
      <Input
        t={t}
        name="phone"
        label={t('profile.phone')}
        hint={t('profile.phone.hint')}
        type="tel"
        value={values.phone}
        maxlength={LIMITS.phone}
        errors={errors}
        autocomplete="tel"
        optional
      />
      <Input
        t={t}
        name="company"
        label={t('profile.company')}
        value={values.company}
        maxlength={LIMITS.company}
        errors={errors}
        autocomplete="organization"
        dir="auto"
        optional
      />
    </fieldset>
  )
}

function PreferenceFields({ chrome: { t }, program, values, errors }: FieldsProps & { program: Program }) {
  return (
    <fieldset class="form__group">
      <legend>{t('profile.preferences')}</legend>
      <Select
        t={t}
        name="locale"
        label={t('profile.language')}
        hint={t('profile.language.hint')}
        value={values.locale}
        options={languageOptions(program.settings.languages)}
        errors={errors}
      />
      <Select
        t={t}
        name="timeZone"
        label={t('profile.time-zone')}
        value={shownTimeZone(values.timeZone)}
        options={[{ value: '', text: t('profile.not-chosen') }, ...timeZoneOptions()]}
        errors={errors}
        optional
      />
    </fieldset>
  )
}

/** What we write about, and who may see one: security mail is not for choosing. */
function NoticeFields({ t, values }: { t: Translate; values: ProfileValues }) {
  const box = (name: 'notifyResults' | 'notifyAwards' | 'notifyReminders' | 'directoryOptIn') => ({
    name,
    checked: values[name] !== '',
  })
  return (
    <>
      <fieldset class="form__group">
        <legend>{t('profile.mail')}</legend>
        <p class="soft">{t('profile.mail.hint')}</p>
        <Checkbox {...box('notifyResults')} label={t('profile.mail.results')} />
        <Checkbox {...box('notifyAwards')} label={t('profile.mail.awards')} />
        <Checkbox {...box('notifyReminders')} label={t('profile.mail.reminders')} />
      </fieldset>
      <fieldset class="form__group">
        <legend>{t('profile.directory')}</legend>
        <Checkbox
          {...box('directoryOptIn')}
          label={t('profile.directory.opt-in')}
          hint={t('profile.directory.hint')}
        />
      </fieldset>
    </>
  )
}
