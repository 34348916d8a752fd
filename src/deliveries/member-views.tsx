import type { Translate } from '../i18n/messages.ts'
import { Records } from '../layout/records.tsx'
import type { DeliveryDetail } from './delivery-detail.ts'
import type { DeliveryStanding } from './delivery-standing.ts'
import { CountsLine, formatBytes, formatCount } from './shared-views.tsx'

type MembersProps = { t: Translate; detail: DeliveryDetail; standing: DeliveryStanding }

/** What is in a delivery, what came of each part, and that nothing of it is lost. */
export function Members({ t, detail, standing }: MembersProps) {
  const { members, hasMoreMembers } = detail
  // What was read of one that was stopped stands above, and nothing came of it.
  const isStopped = standing === 'stopped'
  return (
    <section class="stack" aria-labelledby="members">
      <h2 id="members">{t('deliveries.members')}</h2>
      {members.length === 0 ? (
        <p class="soft">{t('deliveries.members.none')}</p>
      ) : (
        <Records
          caption={t.plural('deliveries.members.caption', members.length)}
          columns={[
            t('deliveries.column.member'),
            t('deliveries.column.kind'),
            t('deliveries.column.size'),
            ...(isStopped ? [] : [t('deliveries.column.rows')]),
          ]}
          rows={members.map((member) => [
            <bdi>{member.name}</bdi>,
            <>
              {t(`deliveries.kind.${member.kind}`)}
              {member.note !== null && <div class="soft">{member.note}</div>}
            </>,
            <>
              <span class="number">{formatBytes(t, member.bytes)}</span>
              {member.encoding !== null && <div class="soft">{member.encoding}</div>}
              {member.lines !== null && <div class="soft">{t.plural('console.lines', member.lines)}</div>}
            </>,
            ...(isStopped ? [] : [<CountsLine t={t} counts={member.counts} />]),
          ])}
        />
      )}
      {hasMoreMembers && <p>{t('deliveries.members.more')}</p>}
      {(standing === 'imported' || standing === 'partial' || standing === 'seen') && (
        <Balance t={t} detail={detail} />
      )}
    </section>
  )
}

const PARTS = ['new', 'changed', 'unchanged', 'superseded', 'quarantined', 'skipped'] as const

/** Every row is somewhere: what was read is the sum of what came of it. */
function Balance({ t, detail: { counts, progress } }: { t: Translate; detail: DeliveryDetail }) {
  const sum = PARTS.map((part) =>
    t(`deliveries.count.${part}`, { count: formatCount(t, counts[part]) }),
  ).join(' + ')
  return (
    <>
      <p>
        <strong>{t('deliveries.balance', { read: formatCount(t, counts.read), sum })}</strong>
      </p>
      <p class="soft">
        {t(progress.rows === counts.read ? 'deliveries.balance.right' : 'deliveries.balance.wrong', {
          rows: t.plural('deliveries.rows', progress.rows),
        })}
      </p>
    </>
  )
}
