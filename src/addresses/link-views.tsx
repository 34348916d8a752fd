import { Instant } from '../layout/dates.tsx'
import { type Chrome, Page } from '../layout/page.tsx'
import { Sentence, SLOT } from '../layout/sentence.tsx'
import { paths } from '../paths.ts'
import { maskedId } from './address-state.ts'

type ConfirmProps = {
  chrome: Chrome
  state: 'works' | 'done' | 'taken' | 'dead'
  token: string
  about: { address: string; candidateId: string } | null
}

/** Whoever opens this has the mailbox, and may still be the wrong person: the record shows by a hint only. */
export function ConfirmAddressPage({ chrome, state, token, about }: ConfirmProps) {
  const { t } = chrome
  return (
    <Page chrome={chrome} title={t(`addresses.confirm.${state}.title`)} noindex>
      <div class="head">
        <h1>{t(`addresses.confirm.${state}.title`)}</h1>
        <p>{t(`addresses.confirm.${state}.text`)}</p>
      </div>
      {state === 'works' && about && (
        <>
          <About chrome={chrome} about={about} />
          <form method="post" action={paths.confirmAddress(token)}>
            <button class="button" type="submit">
              {t('addresses.confirm.submit')}
            </button>
          </form>
          <p class="soft">{t('addresses.confirm.stranger')}</p>
        </>
      )}
      {state === 'done' && <Ways chrome={chrome} to={[[paths.addresses, t('addresses.confirm.fresh')]]} />}
      {state === 'taken' && <Ways chrome={chrome} to={[[paths.merge, t('addresses.confirm.merge')]]} />}
      {state === 'dead' && <Ways chrome={chrome} to={[[paths.addresses, t('addresses.confirm.fresh')]]} />}
    </Page>
  )
}

type UndoProps = {
  chrome: Chrome
  state: 'works' | 'done' | 'dead'
  token: string
  about: { address: string; candidateId: string; undoUntil: Date } | null
}

export function UndoAddressPage({ chrome, state, token, about }: UndoProps) {
  const { t } = chrome
  return (
    <Page chrome={chrome} title={t(`addresses.undo.${state}.title`)} noindex>
      <div class="head">
        <h1>{t(`addresses.undo.${state}.title`)}</h1>
        <p>{t(`addresses.undo.${state}.text`)}</p>
      </div>
      {state === 'works' && about && (
        <>
          <About chrome={chrome} about={about} />
          <p>
            <Sentence text={t('addresses.undo.until', { until: SLOT })}>
              <Instant t={t} at={about.undoUntil} />
            </Sentence>
          </p>
          <form method="post" action={paths.undoAddress(token)}>
            <button class="button button--danger" type="submit">
              {t('addresses.undo.submit')}
            </button>
          </form>
        </>
      )}
      {state !== 'works' && (
        <Ways
          chrome={chrome}
          to={[
            [paths.forgotten, t('addresses.undo.password')],
            [paths.lostAddress, t('addresses.link.lost')],
          ]}
        />
      )}
    </Page>
  )
}

function About({
  chrome: { t },
  about,
}: {
  chrome: Chrome
  about: { address: string; candidateId: string }
}) {
  return (
    <dl class="printed">
      <div>
        <dt>{t('addresses.link.address')}</dt>
        <dd>
          <bdi>{about.address}</bdi>
        </dd>
      </div>
      <div>
        <dt>{t('addresses.link.record')}</dt>
        <dd>{maskedId(about.candidateId)}</dd>
      </div>
    </dl>
  )
}

function Ways({ chrome: { t }, to }: { chrome: Chrome; to: readonly [href: string, text: string][] }) {
  const [[href, text], ...others] = to as [[string, string], ...[string, string][]]
  return (
    <>
      <p>
        <a class="button" href={href}>
          {text}
        </a>
      </p>
      <div class="doors">
        {others.map(([path, words]) => (
          <a href={path}>{words}</a>
        ))}
        <a href={paths.home}>{t('addresses.link.home')}</a>
      </div>
    </>
  )
}
