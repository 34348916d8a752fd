import { Instant } from '../layout/dates.tsx'
import { ErrorSummary, type FieldErrors } from '../layout/form.tsx'
import { type Chrome, Page } from '../layout/page.tsx'
import { Sentence, SLOT } from '../layout/sentence.tsx'
import { paths } from '../paths.ts'
import { Doors } from './ask-views.tsx'
import { PhotoForm } from './photo-views.tsx'

type RecoveryPageProps = {
  chrome: Chrome
  state: 'works' | 'photo' | 'sent' | 'waiting' | 'stopped' | 'done' | 'dead'
  token: string
  /** When the new address counts, once that is settled. */
  at: Date | null
  errors?: FieldErrors
}

/** Where a recovery stands, for whoever has the new mailbox. It names nobody: they may be the wrong person. */
export function RecoveryPage({ chrome, state, token, at, errors }: RecoveryPageProps) {
  const { t } = chrome
  const failed = state === 'photo' && errors !== undefined
  return (
    <Page chrome={chrome} title={t(`recovery.${state}.title`)} failed={failed} noindex>
      {failed && <ErrorSummary t={t} errors={errors} />}
      <div class="head">
        <h1>{t(`recovery.${state}.title`)}</h1>
        <p>{t(`recovery.${state}.text`)}</p>
      </div>
      {state === 'works' && (
        <form method="post" action={paths.recovery(token)}>
          <button class="button" type="submit">
            {t('recovery.works.submit')}
          </button>
        </form>
      )}
      {state === 'photo' && <PhotoForm t={t} {...{ token, errors }} />}
      {state === 'waiting' && at && (
        <div class="stack">
          <p>
            <Sentence text={t('recovery.waiting.at', { at: SLOT })}>
              <Instant t={t} at={at} />
            </Sentence>
          </p>
          <p>{t('recovery.waiting.then')}</p>
        </div>
      )}
      {state === 'dead' && (
        <p>
          <a class="button" href={paths.lostAddress}>
            {t('recovery.dead.fresh')}
          </a>
        </p>
      )}
      <Doors chrome={chrome} />
    </Page>
  )
}

type StopPageProps = {
  chrome: Chrome
  state: 'works' | 'stopped' | 'done' | 'dead'
  token: string
  stop: { effectiveAt: Date | null } | null
}

export function StopRecoveryPage({ chrome, state, token, stop }: StopPageProps) {
  const { t } = chrome
  return (
    <Page chrome={chrome} title={t(`recovery.stop.${state}.title`)} noindex>
      <div class="head">
        <h1>{t(`recovery.stop.${state}.title`)}</h1>
        <p>{t(`recovery.stop.${state}.text`)}</p>
      </div>
      {state === 'works' && stop?.effectiveAt && (
        <>
          <p>
            <Sentence text={t('recovery.stop.at', { at: SLOT })}>
              <Instant t={t} at={stop.effectiveAt} />
            </Sentence>
          </p>
          <form method="post" action={paths.stopRecovery(token)}>
            <button class="button button--danger" type="submit">
              {t('recovery.stop.submit')}
            </button>
          </form>
        </>
      )}
      <Doors chrome={chrome} />
    </Page>
  )
}
