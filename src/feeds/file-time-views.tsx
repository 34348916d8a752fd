import type { Translate } from '../i18n/messages.ts'
import { Instant } from '../layout/dates.tsx'
import { Records } from '../layout/records.tsx'

/** The name of a file and the time that is read from it; null where it has none. */
export type FileTime = { name: string; at: Date | null }

/** By the newest deliveries' own names. */
export function FileTimes({ t, times }: { t: Translate; times: readonly FileTime[] }) {
  if (times.length === 0) return <p class="field__hint">{t('feeds.set.names-none')}</p>
  return (
    <Records
      caption={t('feeds.set.names')}
      columns={[t('feeds.set.names-file'), t('feeds.set.names-time')]}
      rows={times.map(({ name, at }) => [
        <bdi>{name}</bdi>,
        at ? <Instant t={t} at={at} /> : t('feeds.set.names-received'),
      ])}
    />
  )
}
