import type { Translate } from '../i18n/messages.ts'
import { paths } from '../paths.ts'

type Email = { address: string; isPrimary: boolean; isConfirmed: boolean }

/** What stands on the record and is not for the candidate alone to change. */
export type Facts = {
  candidateId: string
  fullName: string
  nativeName: string | null
  emails: readonly Email[]
}

type LockedProps = { t: Translate; facts: Facts }

export function LockedFacts({ t, facts }: LockedProps) {
  const { candidateId, fullName, nativeName, emails } = facts
  return (
    <section class="stack" aria-labelledby="locked">
      <h2 id="locked">{t('profile.locked')}</h2>
      <dl class="printed">
        <div>
          <dt>{t('profile.name')}</dt>
          <dd dir="auto">{fullName}</dd>
        </div>
        {nativeName !== null && (
          <div>
            <dt>{t('profile.native-name')}</dt>
            <dd dir="auto">{nativeName}</dd>
          </div>
        )}
        <div>
          <dt>{t('profile.candidate-id')}</dt>
          <dd>{candidateId}</dd>
        </div>
        <div>
          <dt>{t('profile.emails')}</dt>
          <dd>
            {emails.length === 0 && t('common.none')}
            <ul>
              {emails.map((email) => (
                <li>
                  {email.address} <span class="soft">{emailNote(t, email)}</span>
                </li>
              ))}
            </ul>
          </dd>
        </div>
      </dl>
      <p>
        {t('profile.name.why')} <a href={paths.newNameChange}>{t('profile.name.change')}</a>
      </p>
      <p>
        <span class="soft">{t('profile.emails.why')}</span>{' '}
        <a href={paths.addresses}>{t('addresses.manage')}</a>
      </p>
    </section>
  )
}

function emailNote(t: Translate, { isPrimary, isConfirmed }: Email): string {
  if (isPrimary) return isConfirmed ? t('profile.email.primary') : t('profile.email.primary-unconfirmed')
  return isConfirmed ? t('profile.email.confirmed') : t('profile.email.unconfirmed')
}
