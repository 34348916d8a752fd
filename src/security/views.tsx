import type { Child } from 'hono/jsx'
import type { Translate } from '../i18n/messages.ts'
import { Instant } from '../layout/dates.tsx'
import { type Chrome, Page } from '../layout/page.tsx'
import { Sentence, SLOT } from '../layout/sentence.tsx'
import { paths } from '../paths.ts'
import { type ListedPasskey, PasskeyList } from './passkey-list-views.tsx'
import { type ListedSession, SessionList } from './session-views.tsx'

/** What was done on the way back to this page; the words of the query that says so. */
export const DONE = [
  'password',
  'passkey-added',
  'passkey-removed',
  'authenticator-on',
  'authenticator-off',
  'session-ended',
  'others-ended',
] as const
export type Done = (typeof DONE)[number]

/** After these, sessions that somebody else may have begun in the old way go on. */
const LEAVES_SESSIONS: readonly Done[] = [
  'passkey-added',
  'passkey-removed',
  'authenticator-on',
  'authenticator-off',
]

type SecurityProps = {
  chrome: Chrome
  passwordSetAt: Date | null
  passkeys: readonly ListedPasskey[]
  authenticatorSince: Date | null
  recoveryCodesLeft: number
  sessions: readonly ListedSession[]
  sessionHash: string
  done: Done | null
}

export function SecurityPage(props: SecurityProps) {
  const { chrome, passkeys, sessions, sessionHash, done } = props
  const { t } = chrome
  return (
    <Page chrome={chrome} title={t('security.title')} section="profile">
      {done && <DoneNotice t={t} done={done} />}
      <div class="head">
        <h1>{t('security.title')}</h1>
        <p>{t('security.intro')}</p>
      </div>
      <PasswordSection t={t} setAt={props.passwordSetAt} />
      <PasskeyList t={t} passkeys={passkeys} />
      <AuthenticatorSection t={t} since={props.authenticatorSince} codesLeft={props.recoveryCodesLeft} />
      <SessionList t={t} sessions={sessions} sessionHash={sessionHash} />
      <p>
        <Sentence text={t('security.activity.text', { link: SLOT })}>
          <a href={paths.activity}>{t('security.activity')}</a>
        </Sentence>
      </p>
    </Page>
  )
}

function DoneNotice({ t, done }: { t: Translate; done: Done }) {
  return (
    <div class="notice notice--good" role="status">
      <p>{t(`security.done.${done}`)}</p>
      {LEAVES_SESSIONS.includes(done) && (
        <p>
          {t('security.others-too')} <a href={paths.endOtherSessions}>{t('security.sessions.end-others')}</a>
        </p>
      )}
    </div>
  )
}

function PasswordSection({ t, setAt }: { t: Translate; setAt: Date | null }) {
  return (
    <section class="stack">
      <h2>{t('security.password')}</h2>
      {setAt === null ? (
        <p>{t('security.password.none')}</p>
      ) : (
        <Since t={t} text={t('security.password.set', { when: SLOT })} at={setAt} />
      )}
      <a href={paths.securityPassword}>
        {t(setAt === null ? 'security.password.choose' : 'security.password.change')}
      </a>
    </section>
  )
}

type AuthenticatorProps = { t: Translate; since: Date | null; codesLeft: number }

function AuthenticatorSection({ t, since, codesLeft }: AuthenticatorProps) {
  if (since === null)
    return (
      <AuthenticatorHeading t={t}>
        <p>{t('security.authenticator.off')}</p>
        <a href={paths.securityAuthenticator}>{t('security.authenticator.set-up')}</a>
      </AuthenticatorHeading>
    )
  return (
    <AuthenticatorHeading t={t}>
      <Since t={t} text={t('security.authenticator.on', { when: SLOT })} at={since} />
      <a href={paths.removeAuthenticator}>{t('security.authenticator.turn-off')}</a>
      <h3>{t('security.codes')}</h3>
      <p>
        {t('security.codes.what')} {t.plural('security.codes.left', codesLeft)}
      </p>
      <a href={paths.recoveryCodes}>{t('security.codes.make')}</a>
    </AuthenticatorHeading>
  )
}

function AuthenticatorHeading({ t, children }: { t: Translate; children: Child }) {
  return (
    <section class="stack">
      <h2>{t('security.authenticator')}</h2>
      {children}
    </section>
  )
}

function Since({ t, text, at }: { t: Translate; text: string; at: Date }) {
  return (
    <p>
      <Sentence text={text}>
        <Instant t={t} at={at} />
      </Sentence>
    </p>
  )
}
