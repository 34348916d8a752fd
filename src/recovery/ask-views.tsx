import { ErrorSummary, type FieldErrors, Input } from '../layout/form.tsx'
import { type Chrome, Page } from '../layout/page.tsx'
import { paths } from '../paths.ts'
import type { Program } from '../program/program.ts'

type Typed = { candidateId?: string; number?: string; birthOn?: string; email?: string }
type LostAddressProps = { chrome: Chrome; program: Program; typed: Typed; errors?: FieldErrors }

export function LostAddressPage({ chrome, program, typed, errors }: LostAddressProps) {
  const { t } = chrome
  const { candidateIdPrefix, candidateIdDigits } = program.settings
  const example = candidateIdPrefix + '12345'.padStart(candidateIdDigits, '0')
  return (
    <Page chrome={chrome} title={t('recovery.title')} section="sign-in" failed={errors !== undefined}>
      <ErrorSummary t={t} errors={errors} />
      <div class="head">
        <h1>{t('recovery.title')}</h1>
        <p>{t('recovery.intro')}</p>
      </div>
      <form class="form" method="post" action={paths.lostAddress} novalidate>
        <Input
          t={t}
          name="candidateId"
          label={t('recovery.id')}
          hint={t('recovery.id.hint', { example })}
          value={typed.candidateId}
          errors={errors}
          autocomplete="username"
          required
        />
        <Input
          t={t}
          name="number"
          label={t('recovery.number')}
          hint={t('recovery.number.hint')}
          value={typed.number}
          errors={errors}
          optional
        />
        <Input
          t={t}
          name="birthOn"
          type="date"
          label={t('recovery.birth')}
          hint={t('recovery.birth.hint')}
          value={typed.birthOn}
          errors={errors}
          autocomplete="bday"
          optional
        />
        <Input
          t={t}
          name="email"
          type="email"
          label={t('recovery.email')}
          hint={t('recovery.email.hint')}
          value={typed.email}
          errors={errors}
          autocomplete="email"
          required
        />
        <div>
          <button class="button" type="submit">
            {t('recovery.submit')}
          </button>
        </div>
      </form>
      <Doors chrome={chrome} />
    </Page>
  )
}

/** The one answer to every ask, whether or not the record exists and the rest was right. */
export function AskedPage({ chrome }: { chrome: Chrome }) {
  const { t } = chrome
  return (
    <Page chrome={chrome} title={t('recovery.asked.title')} section="sign-in">
      <div class="head">
        <h1>{t('recovery.asked.title')}</h1>
        <p>{t('recovery.asked.text')}</p>
      </div>
      <p>{t('recovery.asked.missing')}</p>
      <Doors chrome={chrome} />
    </Page>
  )
}

export function Doors({ chrome: { t } }: { chrome: Chrome }) {
  return (
    <div class="doors">
      <a href={paths.signIn}>{t('sign-in.door.sign-in')}</a>
      <a href={paths.forgotten}>{t('sign-in.door.forgotten')}</a>
    </div>
  )
}
