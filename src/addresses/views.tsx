import type { Translate } from '../i18n/messages.ts'
import { Instant } from '../layout/dates.tsx'
import { ErrorSummary, type FieldErrors, Input } from '../layout/form.tsx'
import { type Chrome, Page } from '../layout/page.tsx'
import { Sentence, SLOT } from '../layout/sentence.tsx'
import { paths } from '../paths.ts'
import { ADDRESS_LIMIT } from './address-state.ts'
import { AddressEntry, type ListedAddress } from './entry-views.tsx'

/** What a form of the page ended in; in the address of the page that follows. */
export const addressOutcomes = ['added', 'sent', 'primary', 'removed', 'stopped', 'unchanged'] as const
export type AddressOutcome = (typeof addressOutcomes)[number]

type Waiting = { effectiveAt: Date; newAddress: string }

type AddressesPageProps = {
  chrome: Chrome
  addresses: readonly ListedAddress[]
  /** Recoveries that are about to take effect. */
  waiting: readonly Waiting[]
  /** Whether they have proved lately who they are. */
  mayChange: boolean
  outcome?: AddressOutcome | null
  typed?: string
  errors?: FieldErrors
}

export function AddressesPage(props: AddressesPageProps) {
  const { chrome, addresses, waiting, mayChange, outcome, typed, errors } = props
  const { t } = chrome
  return (
    <Page chrome={chrome} title={t('addresses.title')} section="profile" failed={errors !== undefined}>
      <ErrorSummary t={t} errors={errors} />
      {outcome && (
        <p class={`notice notice--${outcome === 'unchanged' ? 'plain' : 'good'}`} role="status">
          {t(`addresses.outcome.${outcome}`)}
        </p>
      )}
      {waiting.map((recovery) => (
        <WaitingRecovery t={t} recovery={recovery} mayChange={mayChange} />
      ))}
      <div class="head">
        <h1>{t('addresses.title')}</h1>
        <p>{t('addresses.intro')}</p>
      </div>
      {!mayChange && (
        <div class="notice notice--plain">
          <p>{t('addresses.stale')}</p>
          <SignInAgain t={t} />
        </div>
      )}
      <ul class="transcripts">
        {addresses.map((address) => (
          <AddressEntry t={t} listed={address} mayChange={mayChange} />
        ))}
      </ul>
      {mayChange && <AddForm t={t} full={addresses.length >= ADDRESS_LIMIT} {...{ typed, errors }} />}
    </Page>
  )
}

function SignInAgain({ t }: { t: Translate }) {
  return (
    <p>
      <a class="button" href={`${paths.signInAgain}?return_to=${encodeURIComponent(paths.addresses)}`}>
        {t('addresses.sign-in-again')}
      </a>
    </p>
  )
}

/** Said first: there may be a thief at work, and a week to stop them. */
function WaitingRecovery({
  t,
  recovery: { effectiveAt, newAddress },
  mayChange,
}: {
  t: Translate
  recovery: Waiting
  mayChange: boolean
}) {
  return (
    <section class="notice notice--bad">
      <p>
        <Sentence text={t('addresses.recovery', { address: newAddress, at: SLOT })}>
          <Instant t={t} at={effectiveAt} />
        </Sentence>
      </p>
      {mayChange ? (
        <form method="post" action={paths.stoppedRecovery}>
          <button class="button button--danger" type="submit">
            {t('addresses.recovery.stop')}
          </button>
        </form>
      ) : (
        <SignInAgain t={t} />
      )}
    </section>
  )
}

type AddFormProps = {
  t: Translate
  full: boolean
  typed?: string | undefined
  errors?: FieldErrors | undefined
}

function AddForm({ t, full, typed, errors }: AddFormProps) {
  return (
    <section class="stack">
      <h2>{t('addresses.add.title')}</h2>
      {full && errors === undefined ? (
        <p>{t('addresses.add.too-many')}</p>
      ) : (
        <form class="form" method="post" action={paths.addresses} novalidate>
          <Input
            t={t}
            name="email"
            type="email"
            label={t('addresses.add.email')}
            hint={t('addresses.add.hint')}
            autocomplete="email"
            value={typed}
            errors={errors}
            required
          />
          <div>
            <button class="button" type="submit">
              {t('addresses.add.submit')}
            </button>
          </div>
        </form>
      )}
    </section>
  )
}
