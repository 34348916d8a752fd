import type { Translate } from '../i18n/messages.ts'
import { Instant } from '../layout/dates.tsx'
import { paths } from '../paths.ts'

export type ListedPasskey = {
  credentialId: string
  name: string
  isSynced: boolean
  createdAt: Date
  lastUsedAt: Date | null
}

export function PasskeyList({ t, passkeys }: { t: Translate; passkeys: readonly ListedPasskey[] }) {
  return (
    <section class="stack">
      <h2>{t('security.passkeys')}</h2>
      {passkeys.length === 0 ? (
        <div class="empty">
          <h3>{t('security.passkeys.none')}</h3>
          <p>{t('security.passkeys.what')}</p>
        </div>
      ) : (
        <table class="records">
          <caption>{t.plural('security.passkeys.caption', passkeys.length)}</caption>
          <thead>
            <tr>
              <th scope="col">{t('security.passkeys.name')}</th>
              <th scope="col">{t('security.passkeys.added')}</th>
              <th scope="col">{t('security.passkeys.used')}</th>
              <th scope="col">{t('security.passkeys.kept')}</th>
              <th scope="col">{t('security.passkeys.action')}</th>
            </tr>
          </thead>
          <tbody>
            {passkeys.map((passkey) => (
              <PasskeyRow t={t} passkey={passkey} />
            ))}
          </tbody>
        </table>
      )}
      <a href={paths.securityPasskeys}>{t('security.passkeys.add')}</a>
    </section>
  )
}

function PasskeyRow({ t, passkey }: { t: Translate; passkey: ListedPasskey }) {
  const { credentialId, name, isSynced, createdAt, lastUsedAt } = passkey
  return (
    <tr>
      <th scope="row">
        <bdi>{name}</bdi>
      </th>
      <td data-label={t('security.passkeys.added')}>
        <Instant t={t} at={createdAt} />
      </td>
      <td data-label={t('security.passkeys.used')}>
        {lastUsedAt ? <Instant t={t} at={lastUsedAt} /> : t('security.never')}
      </td>
      <td data-label={t('security.passkeys.kept')}>
        {t(isSynced ? 'security.passkeys.synced' : 'security.passkeys.one-device')}
      </td>
      <td>
        <a
          href={paths.removePasskey(credentialId)}
          aria-label={t('security.passkeys.remove.which', { name })}
        >
          {t('security.passkeys.remove')}
        </a>
      </td>
    </tr>
  )
}
